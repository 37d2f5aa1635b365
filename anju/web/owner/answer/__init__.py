"""Answering a survey by link or QR code."""
