"""Asking on purpose: questionnaires, waves, answers."""
