"""How a survey reaches people and comes back: paper, links, sample, reminders, progress."""
