"""Readers' pages and data, from editions and projections alone; can be served without the desk."""
