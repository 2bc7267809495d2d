"""The words of what is cited: from current editions, and from those that are sealed together with it."""

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from kb.documents.cited import CitedRecord, behind
from kb.documents.envelope import Draft
from kb.log.series import latest_of
from kb.publish.along import ids_of
from kb.publish.compile.names import Names
from kb.publish.ground import Ground

Cited = dict[str, CitedRecord]


def cited_records(session: Session, ground: Ground, drafts: Iterable[Draft], versions: Mapping[str, int]) -> Cited:
    """By IRI, for a group that is sealed together; `versions` are the numbers that its editions get.

    A draft's words come in only where that draft is sealed in the same group.
    """
    group = list(drafts)
    known: Cited = {}
    for draft in group:
        iri = Names(ground.base, draft.address).it
        known[iri] = CitedRecord(iri, draft.kind, versions[draft.record], draft.entity)
    wanted = {iri for draft in group for iri in draft.cites} | {ground.publisher}
    known |= _current(session, wanted - set(known))
    further = {iri for one in known.values() if one.kind == "source" for iri in behind(one.entity)}
    return known | _current(session, further - set(known))


def _current(session: Session, iris: set[str]) -> Cited:
    ids = ids_of(session, iris)
    editions = latest_of(session, sorted(ids.values()))
    return {
        iri: CitedRecord(
            iri, editions[record].record_kind, editions[record].version, editions[record].document["mainEntity"]
        )
        for iri, record in ids.items()
        if record in editions
    }
