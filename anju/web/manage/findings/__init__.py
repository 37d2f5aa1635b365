"""Findings: gap, root cause, responsible, measure; the list, one of them, and its small forms."""
