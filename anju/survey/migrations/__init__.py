"""Migrations of the survey room."""
