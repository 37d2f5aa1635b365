"""What carries a message out of the house: one small port, one module a way."""
