"""Measurements, as ratios in one run: `python3 run.py bench`. Never timed tests: machines are noisy."""
