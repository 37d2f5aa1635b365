"""Pages of owners: no account, a link is the right, no JavaScript needed."""
