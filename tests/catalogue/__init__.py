"""The catalogue of bad input: each row that meets something built here gets its exact answer."""
