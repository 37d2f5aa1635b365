"""Whole journeys over HTTP, one file a promise."""
