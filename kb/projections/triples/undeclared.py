"""The prefix that a query uses and does not declare, which the engine tells only among all the signs it looked for."""

from kb.documents.context import PREFIXES
from kb.projections.triples.problems import BadQuery
from kb.projections.triples.tokens import Scanner, Sort, Token
from kb.values.prose import shown

_PREFIX = "PREFIX"


def undeclared(query: str, line: int, column: int) -> BadQuery | None:
    """The first one, where it stands before this place, at which the engine could not go on; None where there is none.

    What stands behind it may be in order: it was never read.
    """
    token = _first(query)
    if token is None:
        return None
    place = (query.count("\n", 0, token.at) + 1, token.at - query.rfind("\n", 0, token.at))
    if place > (line, column):
        return None
    name = token.text.partition(":")[0]
    known = f"“PREFIX {name}: <{PREFIXES[name]}>”" if name in PREFIXES else "a line that begins with PREFIX"
    what = f"The prefix “{shown(name, 40)}:” is not declared."
    return BadQuery(what, line=place[0], column=place[1], remedy=f"Put {known} before the query.")


def _first(query: str) -> Token | None:
    scanner, declared, before = Scanner(query), set[str](), ""
    while token := scanner.next(compares=False):
        if token.sort is Sort.NAME:
            name = token.text.partition(":")[0]
            if before == _PREFIX:
                declared.add(name)
            elif name.upper().startswith(_PREFIX):
                # The engine wants no blank between the two.
                declared.add(name[len(_PREFIX) :])
            elif name not in declared:
                return token
        before = token.text.upper()
    return None
