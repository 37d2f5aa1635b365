"""What a company sets about cases: categories, service levels, the ladder, figures."""
