"""Typst templates and fonts of everything that is printed."""
