"""The owner’s own page of a case, return visits, verdicts read, promises kept, grievances."""
