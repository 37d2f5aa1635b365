"""Tests of the pages of findings."""
