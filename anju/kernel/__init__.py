"""Technical ground with no domain word in it."""
