"""Fourteen months of cases at the demonstration's first project, drawn from one seed."""
