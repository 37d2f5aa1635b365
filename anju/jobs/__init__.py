"""Clocks and the runner: every clock of the product on one page."""
