"""Read-only numbers; owns only its snapshots."""
