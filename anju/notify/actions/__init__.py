"""Writes of the notify room: one verb, one transaction."""
