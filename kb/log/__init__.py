"""The log: numbered, immutable editions, each leaf holding the hash of the one before."""
