"""Pages of imports over HTTP."""
