"""The owner file: one home on one page, masked until somebody says why."""
