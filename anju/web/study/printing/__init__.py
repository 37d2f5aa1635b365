"""Pages that end on paper: questionnaires to print."""
