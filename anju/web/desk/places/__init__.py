"""Codes for owners to report by: made, printed, taken down."""
