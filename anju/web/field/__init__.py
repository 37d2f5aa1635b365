"""The pages of people on the ground: jobs without signal, quick reports, a firm's foreman by link."""
