"""How often the statistics are right where the truth is known: run by hand, its figures go into the documents."""
