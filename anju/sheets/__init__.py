"""Spreadsheets in and out: read in a limited child process, marked, and written safely."""
