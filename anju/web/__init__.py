"""The HTML edge, cut by audience."""
