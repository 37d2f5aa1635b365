"""Decisions about messages: plain Python, time as an argument."""
