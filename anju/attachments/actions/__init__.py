"""Writes of attachments: give, remove, put back, sweep."""
