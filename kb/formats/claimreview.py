"""ClaimReview: a claim's assessment as schema.org has it, one fixed projection of the document (RDF.md 4)."""

import re
from collections.abc import Mapping
from typing import Any

from kb.documents.addresses import base_of, page_of
from kb.documents.label import in_english

CONTEXT = "https://schema.org"
# schema.org wants a Person or an Organization; an account or an office is no person.
KINDS = {"person": "Person", "organisation": "Organization", "office": "Organization", "account": "Organization"}
# What of EDTF is a date of schema.org too: no “about”, no open end.
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")

Node = Mapping[str, Any]


def claim_review(document: Node) -> dict[str, Any] | None:
    """The ClaimReview of a claim's edition; None where it was withdrawn, since nothing is assessed any more.

    Its `url` is the page of the latest edition. It has the IRIs of the edition's own nodes, so that a reader of both
    finds one assessment and not two, and says of them what the edition says.
    """
    entity = document["mainEntity"]
    if "assessment" not in entity:
        return None
    judged = entity["assessment"]
    matter = in_english(entity.get("question") or entity["statement"])
    made = {
        "@context": CONTEXT,
        "@id": judged["@id"],
        "@type": "ClaimReview",
        "author": _desk(document),
        "claimReviewed": matter,
        "datePublished": judged["assessedOn"],
        "itemReviewed": _claim(document, matter),
        "reviewRating": _rating(judged["rating"]),
        "url": page_of(document["editionOf"]),
    }
    if replies := entity.get("replies"):
        made["reviewBody"] = " ".join(in_english(one["statement"]) for one in replies)
    return made


def _desk(document: Node) -> dict[str, str]:
    name, home = in_english(document["byline"]), base_of(document["editionOf"])
    return {"@type": "Organization", "name": name, "url": home}


def _claim(document: Node, matter: str) -> dict[str, Any]:
    entity = document["mainEntity"]
    cited = {one["record"]: one for one in document.get("cited", ())}
    made = {"@id": entity["@id"], "@type": "Claim", "name": matter, "text": in_english(entity["statement"])}
    # `author` holds records alone, and a private person has none: such a name stands in the claim's words or nowhere.
    if authors := [found for iri in entity.get("author", ()) if (found := _author(cited[iri]))]:
        made["author"] = authors
    if works := [_work(cited[iri]) for iri in entity.get("appearsIn", ())]:
        made["appearance"] = works
    if "datePublished" in entity:
        made["datePublished"] = entity["datePublished"]
    return made


def _author(cited: Node) -> dict[str, str] | None:
    """None for a source that is not named: it is nobody whom a reader of ClaimReview could know again."""
    if cited["citedKind"] not in KINDS:
        return None
    return {"@id": cited["record"], "@type": KINDS[cited["citedKind"]], "name": in_english(cited["citedAs"])}


def _work(cited: Node) -> dict[str, Any]:
    made: dict[str, Any] = {
        "@id": cited["record"],
        "@type": "CreativeWork",
        "headline": in_english(cited["citedTitle"]),
        "publisher": {"@type": "Organization", "name": in_english(cited["citedPublisher"])},
    }
    if _DATE.fullmatch(cited["citedDate"]):
        made["datePublished"] = cited["citedDate"]
    if "citedUrl" in cited:
        made["url"] = cited["citedUrl"]
    return made


def _rating(rating: Node) -> dict[str, Any]:
    """The label that the page shows, with its replies; a number only where the verdict is a degree of support."""
    made = {"@id": rating["@id"], "@type": "Rating", "alternateName": in_english(rating["ratingLabel"])}
    return made | {key: rating[key] for key in ("bestRating", "ratingValue", "worstRating") if key in rating}
