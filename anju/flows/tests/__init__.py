"""Tests of stories that cross rooms."""
