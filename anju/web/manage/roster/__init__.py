"""The office's own spreadsheet of units, owners and staff: sent, understood, checked, taken in."""
