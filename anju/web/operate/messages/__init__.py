"""Messages: what colleagues are told, what goes to owners and groups, and who wishes what."""
