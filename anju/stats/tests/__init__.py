"""Checks of the statistics against published figures and against properties that must hold."""
