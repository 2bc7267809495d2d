"""Claimbase as a library for rdflib: a knowledge base, or a dump of one, as a `Dataset`."""

from kb.library.dump import load
from kb.library.knowledge import open_dataset

__all__ = ["load", "open_dataset"]
