"""One chart specification a file, themed from the tokens."""
