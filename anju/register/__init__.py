"""Who and where: companies, estates, homes, accounts and what they may do."""
