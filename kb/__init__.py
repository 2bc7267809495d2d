"""The knowledge base: everything but the web."""
