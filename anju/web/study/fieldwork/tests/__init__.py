"""Tests of the fieldwork pages."""
