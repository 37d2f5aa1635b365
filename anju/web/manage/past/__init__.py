"""The history of a company, as people read it."""
