"""Tests of the history in words."""
