"""Pages of survey batches over HTTP."""
