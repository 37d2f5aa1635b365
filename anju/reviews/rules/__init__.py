"""Decisions of the reviews room: plain Python, time as an argument."""
