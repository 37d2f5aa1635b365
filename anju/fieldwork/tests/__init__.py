"""Tests of the fieldwork room."""
