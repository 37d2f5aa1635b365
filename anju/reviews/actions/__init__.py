"""Writes of the reviews room: one verb, one transaction, one entry of the history."""
