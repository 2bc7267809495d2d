"""What stands beside the export of RDF: one mapping of the desk's tables, and those that write triples by it."""
