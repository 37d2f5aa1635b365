"""Shared fragments of pages and their view-model dataclasses."""
