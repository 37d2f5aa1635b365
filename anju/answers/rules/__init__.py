"""Decisions about columns, texts, homes and levels; plain Python, no tables."""
