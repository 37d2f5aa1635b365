"""Writes of the improvement room: one verb, one transaction, one entry."""
