"""When people work, and when something is due in their time; pure, without a company or a table."""
