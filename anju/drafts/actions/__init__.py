"""Writes of drafts: save, drop, sweep."""
