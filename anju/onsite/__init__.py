"""Cases on the ground: a worker’s jobs, a firm’s foreman by his link."""
