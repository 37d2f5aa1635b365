"""Decisions about personal data; pure."""
