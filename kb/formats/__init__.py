"""Formats: a document or its N-Quads in, text out; no queries."""
