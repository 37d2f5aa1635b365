"""Bringing in the office's own list: units, owners and staff of a spreadsheet, checked and taken back."""
