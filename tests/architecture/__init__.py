"""Checks of the house itself, and each check shown to go red on a deliberate offence."""
