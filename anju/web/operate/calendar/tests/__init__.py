"""Tests of the pages of working calendars."""
