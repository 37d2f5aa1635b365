"""Results of a survey wave: one page in reading order, its charts as CSV, its reports."""
