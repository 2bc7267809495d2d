"""What is looked at in the text of a query before any process reads it."""

import re

from kb.projections.triples.limits import Limits
from kb.projections.triples.problems import BadQuery, TooLong
from kb.projections.triples.question import Kind

_FORM = re.compile(r"\b(select|ask|construct|describe)\b", re.IGNORECASE)


def check(query: str, limits: Limits) -> Kind:
    """The form of the query. Raises TooLong, or BadQuery where it has none."""
    if len(query) > limits.characters:
        raise TooLong("The query is too long.", where="query")
    found = _FORM.search(query)
    if found is None:
        raise BadQuery("This is no SPARQL query.")
    return Kind(found[1].lower())
