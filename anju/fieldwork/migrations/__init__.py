"""Migrations of the fieldwork room."""
