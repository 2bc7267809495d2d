"""The catalogue: one row for every published record, and the links between them, for lists and pages."""
