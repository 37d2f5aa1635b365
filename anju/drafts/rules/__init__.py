"""What a draft may hold; pure."""
