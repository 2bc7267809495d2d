"""Our own vocabulary, terms and closed lists, as it is published under `/ns/`."""
