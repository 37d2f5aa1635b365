"""Tests of the spreadsheets."""
