"""Writes of the roster: a list taken in whole, or taken back."""
