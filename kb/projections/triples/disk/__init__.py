"""The index on disk: one that is written, the generations that are read, and what becomes of either."""
