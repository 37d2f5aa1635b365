"""Tests of the attachments."""
