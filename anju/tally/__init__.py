"""From answers in rows to small tables that every figure is read from; pure, counted once, parts merge."""
