"""The office's own spreadsheet of units, owners and staff: what its sheets mean; pure."""
