"""What follows from how a sample was drawn and who fell silent: replicates, cells, waves that overlap."""
