"""Small tables of closed waves."""
