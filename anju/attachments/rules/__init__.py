"""What a given file is and what it may be; pure."""
