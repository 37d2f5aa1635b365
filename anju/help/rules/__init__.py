"""Decisions of the first steps: pure, no Django."""
