"""The reader's parts: what is asked of it, quotes chosen in a text, and quotes taken before."""
