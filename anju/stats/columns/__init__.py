"""Statistics from columns: what an engine adds up in one pass, and what follows from these sums."""
