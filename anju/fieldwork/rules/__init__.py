"""Decisions of the fieldwork room, pure: no database, no clock, no web framework."""
