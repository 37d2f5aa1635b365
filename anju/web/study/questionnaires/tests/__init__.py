"""Pages of questionnaires over HTTP."""
