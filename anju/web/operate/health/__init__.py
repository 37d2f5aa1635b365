"""What is on, off and wrong with this installation."""
