"""Pages for those who run the company: register, surveys, results, people, health."""
