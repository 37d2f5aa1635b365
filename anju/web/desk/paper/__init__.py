"""Paper forms at the keyboard: entry, counts by building, second entry."""
