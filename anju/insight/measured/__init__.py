"""What is measured and what of it may be shown: facts, measures, the minimum group, the model of a report."""
