"""The owner file, who looked at it, what a person may have given out and have erased."""
