"""Keys by which other programs of the company send cases: made, seen, ended."""
