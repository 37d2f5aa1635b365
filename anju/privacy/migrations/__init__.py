"""Migrations of the privacy room."""
