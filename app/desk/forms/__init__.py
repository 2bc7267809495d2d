"""Forms: what was typed, what a record would fill in, and an entry made of either."""
