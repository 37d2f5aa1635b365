"""Writes of the seals: the day is sealed."""
