"""What a claim's assessment rests on, as the drafts of the desk stand now: compiled, and not published by that."""

from collections.abc import Iterable, Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.desk.labels import labels_of
from kb.desk.tables import Relation, Topic
from kb.documents import addresses
from kb.documents.envelope import Draft
from kb.findings.weighing import Basis
from kb.log.tables import EditionRow
from kb.publish.compile.record import compile_many, compile_record
from kb.publish.compile.shapes import Node
from kb.publish.ground import read_ground

METHOD = "method"


def basis_of(session: Session, base: str, claim: str) -> Basis:
    """In a number of statements that does not depend on how much there is. Raises NoSuchDraft."""
    ground = read_ground(session, base)
    entity = compile_record(session, ground, claim).entity
    evidence = entity.get("evidence", ())
    needed = select(Relation.target_id).where(Relation.claim_id == claim, Relation.type == "depends_on")
    needs = session.scalars(needed).all()
    origins = compile_many(session, ground, [*_ids(one["origin"] for one in evidence), *needs])
    first_hand = [one.entity["firstHandSource"] for one in origins.values() if "firstHandSource" in one.entity]
    sources = compile_many(session, ground, _ids([*(one["target"]["source"] for one in evidence), *first_hand]))
    used = [*entity.get("author", ()), *_iris({**origins, **sources})]
    return Basis(
        claim=entity,
        origins=_by_iri(origins, "origin"),
        sources=_by_iri(sources, "source"),
        needs=list(_by_iri(origins, "claim").values()),
        names=_names(session, used),
        measures=_measures(session, ground.base),
    )


def method_in_force(session: Session) -> int:
    """The latest published version of the page; 0 where there is none."""
    return session.scalar(select(func.max(EditionRow.version)).where(EditionRow.address == METHOD)) or 0


def record_id(iri: str) -> str:
    """`7k3mq2xkt` of the IRI of a record that stands under its id."""
    return addresses.record_of(iri).rpartition("/")[2]


def _ids(iris: Iterable[str]) -> list[str]:
    return sorted({record_id(iri) for iri in iris})


def _iris(drafts: Mapping[str, Draft]) -> list[str]:
    return [str(one.entity["@id"]) for one in drafts.values()]


def _by_iri(drafts: Mapping[str, Draft], kind: str) -> dict[str, Node]:
    return {str(one.entity["@id"]): dict(one.entity) for one in drafts.values() if one.kind == kind}


def _names(session: Session, iris: Iterable[str]) -> dict[str, str]:
    ids = {iri: record_id(iri) for iri in iris}
    labels = labels_of(session, ids.values())
    return {iri: labels[one] for iri, one in ids.items() if one in labels}


def _measures(session: Session, base: str) -> dict[str, str]:
    rows = session.execute(select(Topic.slug, Topic.measure_kind).where(Topic.measure_kind.is_not(None)))
    return {addresses.iri(base, addresses.address_of("topic", row.slug)): row.measure_kind for row in rows}
