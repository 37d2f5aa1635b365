"""Migrations of the attachments."""
