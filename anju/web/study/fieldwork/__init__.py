"""How a survey reaches its homes: progress, posters and slips, messages, wishes."""
