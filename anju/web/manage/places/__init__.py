"""Projects, buildings, units: the frame of every count."""
