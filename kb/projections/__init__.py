"""Projections: what follows the log, and can be thrown away and built again from it."""
