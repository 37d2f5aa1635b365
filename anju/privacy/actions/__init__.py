"""Writes of the privacy room: one verb, one transaction, one history entry."""
