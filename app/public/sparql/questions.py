"""Fifteen questions that readers ask, as queries about what this knowledge base holds, each under a short name."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from string import Template

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.projections.catalogue.lists import list_records
from kb.projections.catalogue.tables import CatalogueLink

# In the order in which readers come to ask: what there is, one claim closely, what is weak, and what others count.
NAMES = (
    "topic-with-narrower",
    "evidence-by-stance",
    "attribution-chain",
    "verdict-history",
    "corrections",
    "said-by-agent-not-read",
    "single-origin",
    "independent-origins-per-aspect",
    "contradicting-both-hold",
    "three-grades",
    "retracted-source",
    "quotes-without-snapshot",
    "source-track-record",
    "claimskg-label",
    "claimskg-author-date-source",
)
# Among the claims published last there will be one that has all that is asked for.
LOOKED_AT = 50
CURRENT = "current"
A_YEAR = timedelta(days=365)
# Of a knowledge base that has none yet: the query is whole, and finds nothing.
NOTHING = "example"

_SUBJECT = re.compile(r"\$\{?[a-z]+\}?")


@dataclass(frozen=True)
class Named:
    """A question: its name, for good, and what it asks, in words."""

    name: str
    sentence: str


@dataclass(frozen=True)
class Subjects:
    """What the questions are about: IRIs of a claim, an agent and a topic, and an ISO day."""

    claim: str
    agent: str
    topic: str
    day: str


@cache
def named() -> tuple[Named, ...]:
    """All fifteen."""
    return tuple(Named(name, _text(name).partition("\n")[0].removeprefix("# ")) for name in NAMES)


def fill(name: str, subjects: Subjects) -> str:
    """The query of this name; its first line says in a comment what it asks. Raises KeyError."""
    if name not in NAMES:
        raise KeyError(name)
    return Template(_text(name)).substitute(vars(subjects))


def sentence_of(query: str) -> str:
    """What the query asks in words, where it is one of the fifteen, whatever it is about; else ""."""
    return next((one.sentence for one in named() if _shape(one.name).fullmatch(query.strip())), "")


def subjects(session: Session, base: str) -> Subjects:
    """The newest claim that has evidence and a chain of voices, somebody who made a claim, and a topic of claims.

    Two statements, whatever there is.
    """
    newest = list_records(session, "claim", limit=LOOKED_AT, newest=True).rows
    rows = [row for row in newest if row.standing == CURRENT]
    wanted = select(CatalogueLink.record, CatalogueLink.role, CatalogueLink.target)
    wanted = wanted.where(CatalogueLink.record.in_([row.record for row in rows])).order_by(CatalogueLink.target)
    of: dict[str, dict[str, str]] = {}
    for record, role, target in session.execute(wanted):
        of.setdefault(record, {}).setdefault(role, target)
    # What has more of these stands before what has less; of equals, the newest.
    ranked = sorted(rows, key=lambda row: -len(of.get(row.record, {}).keys() & {"evidence", "voice"}))
    linked = [of[row.record] for row in ranked if row.record in of]
    day = date.fromisoformat(rows[0].issued[:10]) - A_YEAR if rows else date(2000, 1, 1)
    return Subjects(
        claim=_thing(base, ranked[0].address if ranked else f"claims/{NOTHING}"),
        agent=_thing(base, _first(linked, "author", "agents") or _first(linked, "voice", "agents")),
        topic=_thing(base, _first(linked, "topic", "topics")),
        day=day.isoformat(),
    )


def _first(linked: list[dict[str, str]], role: str, folder: str) -> str:
    targets = (one[role] for one in linked if one.get(role, "").startswith(f"{folder}/"))
    return next(targets, f"{folder}/{NOTHING}")


def _thing(base: str, address: str) -> str:
    return f"{base}{address}#it"


@cache
def _shape(name: str) -> re.Pattern[str]:
    """The text of a query with anything in the places of its subjects."""
    return re.compile(r'[^<>"\s]*'.join(re.escape(part) for part in _SUBJECT.split(_text(name).strip())))


def _text(name: str) -> str:
    return files("kb.projections.triples").joinpath("questions", f"{name}.rq").read_text("utf-8")
