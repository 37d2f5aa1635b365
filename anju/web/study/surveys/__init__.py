"""Waves of a survey: plan, count, open, close, and the page that says what comes next."""
