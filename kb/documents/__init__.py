"""What an edition says: its models, canonical bytes and triples. Pure; only packaged data is read."""
