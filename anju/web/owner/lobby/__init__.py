"""The page behind a lobby's link: which home is it, and what shows that it is yours."""
