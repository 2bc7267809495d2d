"""The SPARQL endpoint: the protocol, and the page on which a query is written."""
