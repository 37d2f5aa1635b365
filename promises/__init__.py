"""What the product promises, each tried by one command: `python3 run.py promises`."""
