"""Codes on paper: a poster for a lobby, labels for doors, lifts and common places."""
