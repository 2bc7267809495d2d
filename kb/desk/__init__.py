"""The desk: what editors work on, and the verbs with which they do."""
