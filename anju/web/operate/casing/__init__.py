"""Pages where an office sets its cases: times, categories, the ladder, the figures."""
