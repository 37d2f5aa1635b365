"""Decisions about cases, promises, return visits and grievances; pure."""
