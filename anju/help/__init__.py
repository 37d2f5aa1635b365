"""The manual that the product serves, the first steps of a new company, and the role cards."""
