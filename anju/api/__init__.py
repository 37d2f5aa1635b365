"""The product for other programs: JSON in, JSON out, a key with every call. It owns no tables."""
