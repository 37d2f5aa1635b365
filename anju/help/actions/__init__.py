"""Writes of the first steps."""
