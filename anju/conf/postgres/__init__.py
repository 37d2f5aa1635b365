"""The database backend of an installation on PostgreSQL; Django finds it by the name of its module."""
