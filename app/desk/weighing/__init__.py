"""Weighing a claim: what the forms of its evidence, its searches and its figures share."""
