"""Tests of the pages of messages."""
