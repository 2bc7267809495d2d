"""Citations for people to read: plain, APA (7th edition) and Chicago (17th edition, bibliography)."""

from kb.formats.citation.work import NEWEST, Work, ended

# A quotation within a quotation has single marks (Chicago 13.30).
INNER = str.maketrans("“”", "‘’")


def text(work: Work) -> str:
    """One line: author of the page, title, version, date, address, digest (INTERFACES, “cite”).

    The replies stand first, so that a line cut off still carries them, and the label after the question.
    """
    name = f"“{work.name}”" if work.name == ended(work.name) else f"“{work.name}”."
    when = f"{work.edition}, {work.day}."
    where = f"{work.address} sha256:{work.digest}" if work.pinned else f"{NEWEST.capitalize()}: {work.address}"
    return _joined(ended(work.author), work.notice, *work.replies, name, _sentence(work.label), when, where)


def apa(work: Work) -> str:
    """A web page by a group: author, date, title with its version, address. What may change has a date of retrieval."""
    year, _, day = work.date
    date = f"({year}, {work.month} {day})."
    where = f"{work.address} sha256:{work.digest}"
    if not work.pinned:
        where = f"Retrieved {work.month} {day}, {year}, from {work.address}"
    return _joined(ended(work.author), date, work.title, f"({work.edition}).", where)


def chicago(work: Work) -> str:
    """A web page: author, title in quotation marks, version and date, address."""
    year, _, day = work.date
    date = f"{work.month} {day}, {year}"
    name = f"“{ended(work.name.translate(INNER))}”"
    when = f"{work.edition}, {date}." if work.pinned else f"{work.edition}. Accessed {date}."
    where = f"{work.address} (sha256:{work.digest})." if work.pinned else f"{work.address}."
    return _joined(ended(work.author), work.notice, *work.replies, name, _sentence(work.label), when, where)


def _sentence(label: str) -> str:
    return ended(label) if label else ""


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
