"""Ground that knows no Django: clocks, text, numbers, problems."""
