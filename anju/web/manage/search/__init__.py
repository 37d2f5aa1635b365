"""One search box for units, people, projects and surveys."""
