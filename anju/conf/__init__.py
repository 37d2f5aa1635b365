"""Configuration: the only room that knows all others. Imports nothing here."""
