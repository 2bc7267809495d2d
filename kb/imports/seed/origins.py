"""Origins: first those that are new, and when the sources are there, which of them is an origin's own."""

import re
from functools import partial

from kb.desk.lineage import LineageCycle
from kb.desk.origins import OriginEntry, add_origin, change_origin, find_origin
from kb.desk.privacy import check_unnamed
from kb.desk.tables import Origin
from kb.imports.report import ADDED, Tally
from kb.imports.seed.job import Job
from kb.imports.seed.layout import OriginRow
from kb.imports.seed.people import private_names
from kb.imports.seed.reading import EVIDENCE

_FIELDS = {"genre": "kind"}
_SEEN_AS = re.compile(r"seen as (\w+)")


def import_origins(job: Job) -> None:
    """Known ones are looked at again by `finish_origins`."""
    known, names = job.known("origin"), private_names(job.corpus)
    for row in job.corpus.origins.values():
        act = partial(_import, job, row, known.get(row.id), names)
        job.attempt(EVIDENCE, "origin", row.id, act, fields=_FIELDS)
    job.load(Origin, job.ids.get("origin", {}).values())


def finish_origins(job: Job) -> None:
    for row in job.corpus.origins.values():
        if row.id in job.ids.get("origin", {}):
            job.attempt(EVIDENCE, "origin", row.id, partial(_finish, job, row), fields=_FIELDS)


def _import(job: Job, row: OriginRow, known: str | None, names: set[str], tally: Tally) -> str:
    # The id is public as well: it stands in documents and addresses of queries.
    for field, text in (("id", row.id.replace("-", " ")), ("label", row.label), ("note", row.note)):
        check_unnamed(text, names, field)
    if known is not None:
        return known
    origin = add_origin(job.session, job.actor, _entry(row, None))
    job.name(origin.id, row.id)
    job.fresh.add(origin.id)
    tally.count(ADDED, "origins")
    return origin.id


def _finish(job: Job, row: OriginRow, tally: Tally) -> str:
    origin = find_origin(job.session, job.ids["origin"][row.id])
    entry, counts = _entry(row, _first_hand(job, row)), Tally()
    with job.counted(counts, "origins", origin.id):
        try:
            change_origin(job.session, job.actor, origin, entry)
        except LineageCycle:
            # Nothing in the file says it; it was read off the id or the note.
            job.not_kept("origins[] first hand", "the source comes from the origin by another road")
            change_origin(job.session, job.actor, origin, _entry(row, None))
    if origin.id not in job.fresh:
        tally.merge(counts)
    return origin.id


def _entry(row: OriginRow, first_hand: str | None) -> OriginEntry:
    return OriginEntry(label=row.label, genre=row.kind, seen=row.seen, note=row.note, first_hand=first_hand)


def _first_hand(job: Job, row: OriginRow) -> str | None:
    """`O-` and the id of a source, or “seen as” one: that source is the origin's own."""
    sources = job.ids.get("source", {})
    if (own := row.id.removeprefix("O-")) in sources:
        return sources[own]
    seen = _SEEN_AS.match(row.note or "")
    return sources.get(seen[1]) if seen else None
