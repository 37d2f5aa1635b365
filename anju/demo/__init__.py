"""The demonstration company, planted and deterministic, in Chinese and English."""
