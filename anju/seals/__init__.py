"""One seal a day over every history of a company: what was rewritten since is found."""
