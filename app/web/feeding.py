"""What feeds say: of a record as lists show it, and of one edition, with the replies first and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.web.door import Site
from app.web.listing import facts, replies_and_verdict
from app.web.versions import replies_beside
from app.web.words import day, licence
from kb.documents.label import in_english
from kb.formats.feed import Category, Entry, Feed
from kb.log.read import Edition
from kb.log.standing import Standing
from kb.projections.catalogue.rows import Listed, listed
from kb.values.vocabulary import CHANGE, RECORD_KIND

# Of a feed without an entry: it says nothing, so it has been so since ever.
NEVER = "1970-01-01T00:00:00Z"
CURRENT = "current"
# Whoever reads titles alone must know of these too.
GRAVE = ("corrected", "withdrawn")


@dataclass(frozen=True)
class Frame:
    """What a feed is called, its lasting `address` and the page that it is the feed of, both below the base.

    `here` and `way` are the queries of this page of it and of the next one, `part` that of the part of a list that it
    is made from; `more` is a sentence for its subtitle.
    """

    title: str
    address: str
    about: str
    here: str = ""
    way: str | None = None
    part: str = ""
    more: str | None = None


def feed(site: Site, frame: Frame, entries: Iterable[Entry]) -> Feed:
    """A page of a feed of this knowledge base."""
    some = tuple(entries)
    address = site.base + frame.address
    return Feed(
        id=address + frame.part,
        title=f"{frame.title} · {site.name}{' sample' if site.is_sample else ''}",
        updated=max((entry.updated for entry in some), default=NEVER),
        address=address + frame.here,
        about=site.base + frame.about,
        author=site.desk,
        author_address=site.base,
        rights=f"Our own words: {licence(site.licence)}. Quotations keep their own rights.",
        licence=site.licence,
        entries=some,
        subtitle=frame.more,
        first=address + frame.part,
        next=address + frame.way if frame.way else None,
    )


def row_entry(row: Listed, base: str) -> Entry:
    """A record as it stands now; the entry is the same through all its versions."""
    return Entry(
        id=base + row.address,
        title=_title(row, row.replies or ""),
        updated=row.issued,
        address=base + row.address,
        summary=_joined(*_matter(row, row.replies or ""), facts(row)),
        lang=row.lang or "en",
        categories=(Category(row.change, CHANGE.label(row.change)),),
    )


def edition_entry(edition: Edition, standing: Standing, newest: Listed | None, base: str) -> Entry:
    """One version, which never changes; its address and its kind stand in it, and what became of it in words.

    `newest` is the record's row: a reply that came later stands beside an allegation that is told again.
    """
    row = listed(edition)
    replies = replies_beside(edition, newest)
    this = f"{base}{edition.address}/v{edition.version}"
    kind = CHANGE.label(edition.change)
    note = edition.document.get("changeNote")
    told = f"{kind}, version {edition.version} of {day(edition.issued)}"
    return Entry(
        id=this,
        title=_joined(_title(row, replies), _kind(edition, kind), _since(standing)),
        updated=edition.issued,
        address=this,
        summary=_joined(
            *_matter(row, replies), f"{told}: {in_english(note)}" if note else told, _became(standing), facts(row)
        ),
        published=edition.issued,
        lang=row.lang or "en",
        categories=(Category(edition.change, kind),),
    )


def _title(row: Listed, replies: str) -> str:
    if row.kind != "claim":
        return _joined(row.label, "Withdrawn" if row.standing == "withdrawn" else "")
    return _joined(replies, row.label, replies_and_verdict(row)[1])


def _matter(row: Listed, replies: str) -> tuple[str, ...]:
    """A reader may show the summary alone, so it carries again whatever must be in view."""
    if row.kind != "claim":
        return (RECORD_KIND.label(row.kind),)
    return (replies, row.statement or row.label, replies_and_verdict(row)[1])


def _kind(edition: Edition, kind: str) -> str:
    """Of a first version nothing has to be said in a title."""
    return f"{kind}, version {edition.version}" if edition.version > 1 else ""


def _since(standing: Standing) -> str:
    return f"{standing.state.capitalize()} since" if standing.state in GRAVE and standing.by is not None else ""


def _became(standing: Standing) -> str:
    if standing.state == CURRENT or standing.by is None:
        return ""
    note = f": {in_english(standing.by_note)}" if standing.by_note else ""
    return f"{standing.state.capitalize()} by version {standing.by} of {day(standing.by_issued or '')}{note}"


def _joined(*parts: str) -> str:
    """Sentences in a row."""
    return " ".join(part if part.endswith((".", "?", "!", "”")) else f"{part}." for part in parts if part)
