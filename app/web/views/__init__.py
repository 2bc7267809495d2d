"""How a document is arranged for its page: pure, from one document and nothing else, for readers and for previews."""
