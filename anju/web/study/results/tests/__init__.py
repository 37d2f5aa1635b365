"""Tests of how results are drawn on the screen."""
