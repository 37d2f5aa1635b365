"""Stories that cross rooms; the only place that knows several. No rules, no tables."""
