"""Background work: progress that a person can leave and find again."""
