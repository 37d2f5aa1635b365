"""Checks of the papers: complete, true to the code, and without a dead link."""
