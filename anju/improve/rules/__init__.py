"""Decisions about findings and measures: plain Python, time as an argument."""
