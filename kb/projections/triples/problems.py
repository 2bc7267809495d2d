"""Why a query gets no answer, also as what one process tells another."""

from typing import Any

from kb.errors import Problem, Refused


class Misread(Refused):
    """The text of a query is at fault; `line` and `column` count from 1, in characters, None where it has no place."""

    def __init__(self, what: str, *, line: int | None = None, column: int | None = None, remedy: str = "") -> None:
        super().__init__(what, where=f"line {line}, column {column}" if line else "query", remedy=remedy)
        self.line = line
        self.column = column


class BadQuery(Misread):
    """It is no SPARQL 1.1 query; `expected` is the engine's list of what might stand there."""

    def __init__(
        self,
        what: str,
        *,
        line: int | None = None,
        column: int | None = None,
        expected: str = "",
        remedy: str = "Mend the query and send it again.",
    ) -> None:
        super().__init__(what, line=line, column=column, remedy=remedy)
        self.expected = expected


class NotAnswered(Misread):
    """It is a query of a kind that is not answered here: an update, SERVICE, one that nests too deep."""


class TooLong(Refused):
    """The text of the query is longer than any that is read."""


class TooMuch(Refused):
    """The answer would have more than the limit of "rows" or "bytes"; half an answer is never given."""

    def __init__(self, what: str, *, limit: str, remedy: str = "") -> None:
        super().__init__(what, where="answer", remedy=remedy)
        self.limit = limit


class Stopped(Problem):
    """It was ended before it had an answer; `cause` is "time", "memory", "crash", "cancelled", or "lost".

    "lost": not the query was at fault, but the process that holds the index has ended.
    """

    def __init__(self, what: str, *, cause: str, remedy: str = "") -> None:
        super().__init__(what, where="query", remedy=remedy)
        self.cause = cause


class Later(Problem):
    """Not now; `retry_after` says in how many seconds it may be asked again."""

    def __init__(self, what: str, *, retry_after: int, remedy: str = "") -> None:
        super().__init__(what, where="query", remedy=remedy)
        self.retry_after = retry_after


class Busy(Later):
    """As many queries are running and waiting as may."""


class NotReady(Later):
    """The index is still being made."""


class Off(Problem):
    """Queries are not answered on this machine, since a child could not be kept from the network."""


_BY_NAME: dict[str, type[Problem]] = {
    kind.__name__: kind for kind in (BadQuery, NotAnswered, TooLong, TooMuch, Stopped, Busy, NotReady, Off)
}


def as_message(problem: Problem) -> dict[str, Any]:
    """For another process: the name of the class, and what it was made with."""
    return {"name": type(problem).__name__, **{key: value for key, value in vars(problem).items() if key != "where"}}


def from_message(message: dict[str, Any]) -> Problem:
    """What `as_message` told."""
    given = dict(message)
    return _BY_NAME[given.pop("name")](given.pop("what"), **given)
