"""Tests of the snapshot and of the small tables."""
