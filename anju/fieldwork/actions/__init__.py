"""Writes of the fieldwork room."""
