"""Logging a claim from a source: quote, words, voices, aspects, figures and topics, saved whole or not at all."""
