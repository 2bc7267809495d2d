"""Dumps: all editions, or the current ones, as a stream, and as files that are kept up with the log."""
