"""Owners with a known truth: buildings, waves, silence, times of asking, events that fade, measures.

It feeds tests of coverage, the documents and the demonstration; it never makes up answers of real
people. Every draw has a seed.
"""
