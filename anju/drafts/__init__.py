"""Half-written forms, kept for their writer alone until the form is sent."""
