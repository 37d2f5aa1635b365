"""Pages of background work over HTTP."""
