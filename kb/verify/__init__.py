"""The proof: the log, the documents, their N-Quads, the held snapshots and the catalogue say the same."""
