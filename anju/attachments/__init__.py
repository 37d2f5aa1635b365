"""Photos and files that people give: taken in by content, re-encoded, kept, handed out by right."""
