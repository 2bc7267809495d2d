"""What lists show of a record, drawn from one edition: pure, so that `verify` can draw it again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kb.documents.label import list_label, main_verdicts, replies_in_view, short_replies
from kb.log.read import Edition
from kb.log.standing import WITHDRAWAL
from kb.values.rollup import failing

SORT_LENGTH = 120
# What a record is called in lists, by its kind.
LABELS = {
    "claim": "question",
    "source": "title",
    "agent": "name",
    "origin": "label",
    "topic": "prefLabel",
    "page": "name",
}


@dataclass(frozen=True)
class Listed:
    """One record as lists show it. What a kind does not have is None."""

    record: str
    kind: str
    address: str
    version: int
    seq: int
    change: str
    # "current" or "withdrawn": a row is of the latest edition.
    standing: str
    digest: str
    issued: str
    reviewed: bool
    # Question of a claim, title of a source, name of an agent, label of an origin or topic; `lang` is its language.
    label: str
    lang: str
    statement: str | None
    verdict: str | None
    # Main aspects that are not supported, contradicted ones first: "year:contradicted unit:partly_supported".
    failing: str | None
    # The label rule's line for lists: the replies first, then the verdict's words.
    line: str | None
    confidence: str | None
    band: str | None
    seen_evidence: int | None
    origins: int | None
    # The short form of every reply.
    replies: str | None
    # Authors of a claim by name; publisher of a source as printed.
    who: str | None
    # EDTF.
    published: str | None
    # The kind in words of a source or origin, the kind of an agent, the kind of a measure.
    genre: str | None
    # Whether anybody here read the source, or met the origin itself.
    seen: bool | None
    sort_key: str


def listed(edition: Edition) -> Listed:
    """The row of a record whose latest edition this is."""
    document = edition.document
    entity: Mapping[str, Any] = document["mainEntity"]
    label, lang = _name(edition, entity)
    assessment: Mapping[str, Any] = entity.get("assessment", {})
    is_claim = edition.record_kind == "claim"
    return Listed(
        record=edition.record,
        kind=edition.record_kind,
        address=edition.address,
        version=edition.version,
        seq=edition.seq,
        change=edition.change,
        standing="withdrawn" if edition.change == WITHDRAWAL else "current",
        digest=edition.digest,
        issued=edition.issued,
        reviewed=document["reviewed"],
        label=label,
        lang=lang,
        statement=text(entity["statement"]) if is_claim else None,
        verdict=assessment.get("verdict"),
        failing=_failing(entity) if assessment else None,
        line=_line(entity) if is_claim else None,
        confidence=assessment.get("confidence"),
        band=assessment.get("band"),
        seen_evidence=assessment.get("seenEvidence"),
        origins=assessment.get("independentOrigins"),
        replies=" ".join(dict.fromkeys(short for _, short in short_replies(entity))) or None,
        who=_who(document) or None,
        published=published_on(entity),
        genre=_genre(entity),
        seen=entity.get("seen"),
        sort_key=label.casefold()[:SORT_LENGTH],
    )


def text(words: Mapping[str, Any] | None) -> str:
    """The words in the language that lists are in, else in the first there is; "" where there are none."""
    return _pick(words or {})[0]


def _pick(words: Mapping[str, Any]) -> tuple[str, str]:
    if not words:
        return "", ""
    lang = "en" if "en" in words else min(words)
    value = words[lang]
    return ("; ".join(value) if isinstance(value, list) else str(value)), lang


def _name(edition: Edition, entity: Mapping[str, Any]) -> tuple[str, str]:
    if edition.record_kind == "foundation":
        return str(entity["baseAddress"]), ""
    return _pick(entity[LABELS[edition.record_kind]])


def _line(entity: Mapping[str, Any]) -> str:
    if "assessment" in entity:
        return list_label(entity)
    return " ".join([*replies_in_view(entity), "Withdrawn."])


def _failing(entity: Mapping[str, Any]) -> str:
    return " ".join(f"{code}:{verdict}" for code, verdict in failing(main_verdicts(entity)))


def _who(document: Mapping[str, Any]) -> str:
    """Names as this edition cites them, so that the row needs no other record."""
    entity = document["mainEntity"]
    if "publisherAsPrinted" in entity:
        return text(entity["publisherAsPrinted"])
    cited = {one["record"]: text(one.get("citedAs")) for one in document.get("cited", ())}
    return ", ".join(_names(entity.get("author", ()), cited))


def _names(authors: Any, cited: Mapping[str, str]) -> Iterator[str]:
    for author in authors:
        if name := cited.get(author):
            yield name


def published_on(entity: Mapping[str, Any]) -> str | None:
    """When a claim or a source appeared, in EDTF."""
    if "published" in entity:
        return str(entity["published"]["edtf"])
    return str(entity["datePublished"]) if "datePublished" in entity else None


def _genre(entity: Mapping[str, Any]) -> str | None:
    kind = entity.get("agentKind") or entity.get("measureKind")
    return text(entity.get("genre")) or (str(kind) if kind else None)
