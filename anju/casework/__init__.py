"""Decisions about cases: states, promises, ladder, return visits, guesses; pure."""
