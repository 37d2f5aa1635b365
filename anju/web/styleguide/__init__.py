"""The style guide: every component in all its states."""
