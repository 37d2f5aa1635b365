"""Writes of the survey room."""
