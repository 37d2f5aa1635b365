"""Statistics of owner satisfaction: pure functions on numbers, without database, clock or files."""
