"""Homes that still hold something against us, the worst first; a model with settings."""
