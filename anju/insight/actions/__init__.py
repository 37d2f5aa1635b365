"""Writes of the analytics room: frozen tallies and report runs."""
