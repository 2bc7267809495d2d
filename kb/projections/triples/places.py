"""Where a query goes wrong: the engine names the place behind the last keyword that it looked for in vain."""

import re

_KEYWORD = re.compile(r"[A-Z]+")
# Whatever character: what the engine wanted more of at the end of the text.
_ANY = "[_]"


def failing_place(query: str, line: int, column: int, expected: str) -> tuple[int, int]:
    """Line and column of what cannot be read, both from 1; as the engine has them where it had looked at signs alone.

    It takes as many characters as a keyword has before it compares the two, and then tells where it had come to: for
    `{ ?s ?p ?o ] LIMIT 3` and OPTIONAL eight characters behind the bracket.
    """
    wanted = set(expected.removeprefix("expected ").removeprefix("one of ").split(", ")) - {_ANY}
    if not wanted or not all(_KEYWORD.fullmatch(one) for one in wanted):
        return line, column
    lines = query.split("\n")
    reached = sum(len(one) + 1 for one in lines[: line - 1]) + column - 1
    # Of several keywords the shortest was tried furthest on.
    start = max(0, reached - min(map(len, wanted)))
    before = query[:start]
    return before.count("\n") + 1, start - before.rfind("\n")
