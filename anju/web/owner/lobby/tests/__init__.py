"""Tests of the lobby page."""
