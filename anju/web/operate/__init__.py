"""Pages that keep the installation going: people, calendars, messages, background work, health."""
