"""Signing in and out; the demonstration's role switch."""
