"""Faults that many report: told of once, ended together, each case with a verdict of its own."""
