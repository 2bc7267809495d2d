"""The desk's pages, and the only door to a writing session."""
