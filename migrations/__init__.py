"""Migrations of the desk's and the log's tables, in the order in which they were made."""
