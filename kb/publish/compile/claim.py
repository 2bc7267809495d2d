"""A claim as its edition says it, from the rows of the desk; what is computed is computed here, once."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from kb.documents import addresses
from kb.documents.envelope import Draft
from kb.documents.references import references
from kb.errors import Missing
from kb.publish.compile.appearance import appearances, chain_author
from kb.publish.compile.assessment import assessment
from kb.publish.compile.evidence import evidence, open_questions, searches
from kb.publish.compile.figure import figures
from kb.publish.compile.known import Known, Names, load_known, load_names
from kb.publish.compile.persons import concerned, mentions, replies
from kb.publish.compile.relations import relations
from kb.publish.compile.rows import ClaimRows, load_claims
from kb.publish.compile.words import Node, day_of, listed, said, whole


def compile_claim(session: Session, base: str, claim_id: str, *, publisher: str | None = None) -> Draft:
    """One claim; see compile_claims."""
    return compile_claims(session, base, [claim_id], publisher=publisher)[claim_id]


def compile_claims(
    session: Session,
    base: str,
    ids: Collection[str],
    *,
    public: Collection[str] | None = None,
    publisher: str | None = None,
) -> dict[str, Draft]:
    """What the claims would say if they were published now.

    `public` are the claims that relations may name, those about to be published among them; None names all.
    `publisher` is the IRI of the desk's own agent, who stands as author of the assessment.
    """
    known, names, loaded = load_known(session, base), load_names(session, ids), load_claims(session, ids)
    drafts = {}
    for claim_id in ids:
        if claim_id not in loaded:
            raise Missing("there is no such claim on the desk.", where=claim_id)
        entity = _entity(loaded[claim_id], known, names, public, publisher)
        address = addresses.address_of("claim", claim_id)
        drafts[claim_id] = Draft(claim_id, "claim", address, entity, references(entity))
    return drafts


def _entity(rows: ClaimRows, known: Known, names: Names, public: Collection[str] | None, publisher: str | None) -> Node:
    claim, language = rows.claim, rows.record.language
    page = known.page("claim", claim.id)
    aspects = {row.id: f"{page}#aspect-{row.number}" for row in rows.aspects}
    texts: dict[str, dict[str, str]] = {}
    for text in rows.texts:
        texts.setdefault(text.field, {})[text.language] = text.text
    where = [rows.shared.passages[row.passage_id].source_id for row in rows.appearances]
    first = rows.shared.sources[where[0]] if where else None
    author = chain_author(rows, known)
    evidenced = evidence(rows, page, aspects, known, names)
    return whole(
        {
            "@id": page + addresses.THING,
            "@type": ["Claim", "CreativeWork"],
            "statement": texts.get("statement"),
            "question": texts.get("question"),
            "title": texts.get("title"),
            "claimType": claim.claim_type,
            "commitment": claim.commitment,
            "checkability": claim.checkability,
            "checkabilityReason": said(claim.checkability_reason, language),
            "hedges": listed((word.text, word.language) for word in rows.words if word.kind == "hedge"),
            "boosters": listed((word.text, word.language) for word in rows.words if word.kind == "booster"),
            "note": said(claim.note, language),
            "externalIds": names.of(claim.id),
            "topics": sorted(known.topic(row.topic_id) or "" for row in rows.topics),
            "author": [author] if author else [],
            "datePublished": day_of(first.published) if first else None,
            "appearsIn": sorted({known.source(source) or "" for source in where}),
            "aspects": [_aspect(aspects[row.id], row.code, row.label, row.main, language) for row in rows.aspects],
            "appearances": appearances(rows, page, known),
            "mentions": mentions(rows, page, known, names),
            "concerns": concerned(rows, page, known),
            "evidence": evidenced,
            "figures": figures(rows, page, aspects, known, names, None),
            "searches": searches(rows, page, aspects, known, names),
            "openQuestions": open_questions(rows, page, aspects, known, names),
            "replies": replies(rows, page, known, names),
            "noReplyFoundOn": claim.no_reply_found_on,
            "relations": relations(rows.relations, known, public),
            "assessment": assessment(rows, page, aspects, evidenced, texts.get("question"), known, publisher),
        }
    )


def _aspect(iri: str, code: str, label: str, main: bool, language: str) -> Node:
    return {"@id": iri, "@type": "Aspect", "code": code, "label": {language: label}, "main": main}


def withdrawn(entity: Node) -> Node:
    """What stays of a claim that is withdrawn: its words, whom it concerns, the replies, and what it relates to."""
    kept = ("@id", "@type", "statement", "question", "concerns", "topics", "relations", "note", "externalIds")
    short = {key: entity[key] for key in kept if key in entity}
    # A reply pointed at the evidence that carries it, and the evidence goes.
    said_now = [{key: value for key, value in reply.items() if key != "saidIn"} for reply in entity.get("replies", ())]
    return short | ({"replies": said_now} if said_now else {})
