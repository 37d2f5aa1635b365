"""Anju: owner satisfaction for property-management companies. Imports nothing."""

__version__ = "0.1.0"
