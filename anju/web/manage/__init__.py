"""Pages of those who run the company's estates: projects, register, rosters, findings, history."""
