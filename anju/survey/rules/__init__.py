"""Decisions of the survey room, pure: no database, no clock, no web framework."""
