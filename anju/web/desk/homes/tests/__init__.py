"""Tests of the owner file's pages."""
