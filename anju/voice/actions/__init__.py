"""Writes of the voice room: one verb, one transaction, one entry of the history."""
