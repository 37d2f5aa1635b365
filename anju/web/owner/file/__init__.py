"""Who looked at an owner's data, by a link that shows it once."""
