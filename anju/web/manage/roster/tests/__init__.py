"""Pages of the office's spreadsheet over HTTP."""
