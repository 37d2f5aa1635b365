"""What `run.py check`, `fix`, `test` and `messages` hand over to. Not product code, not tests."""
