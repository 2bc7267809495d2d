"""What the search rows ask, and PostgreSQL's own search beside ours."""
