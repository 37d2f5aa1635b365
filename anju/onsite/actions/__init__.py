"""Writes of this room: one verb, one transaction, one entry of the history."""
