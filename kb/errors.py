"""Errors that explain themselves: what was wrong, where, and what to do."""


class Problem(Exception):
    """Anything that a user has to be told.

    `what` is one sentence, `where` names file, record or field, `remedy` says what to do.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        cure = f" {self.remedy}" if self.remedy else ""
        return f"{place}{self.what}{cure}"


class Refused(Problem):
    """Input that cannot be taken as it is; nothing was saved of it."""


class Missing(Problem):
    """What was asked for does not exist, or is not public."""


class Conflict(Problem):
    """Somebody else was there first; nothing was saved."""


class Broken(Problem):
    """What is stored is not what it should be."""


class CannotStart(Problem):
    """The process cannot do its work at all: exit 2."""
