"""Tests of the survey room."""
