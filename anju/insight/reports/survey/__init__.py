"""The satisfaction survey report."""
