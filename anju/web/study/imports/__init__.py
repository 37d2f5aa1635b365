"""Answers from a file: sent, columns confirmed, checked, imported, undone."""
