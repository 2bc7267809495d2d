"""FAIR Signposting: typed links from a version's page to all that a machine needs, as headers and as a linkset.

Level 2 of https://signposting.org/FAIR/: a few links with every answer (RFC 8288), and all of them, also those of the
data, in one document (RFC 9264).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.web import links
from app.web.door import Site
from app.web.negotiate import RECORD_FORMS, Form
from app.web.standing import Shown
from kb.documents.addresses import page_of
from kb.log.read import Edition
from kb.values.vocabulary import SOURCE_CLASS

LINKSET_JSON = "application/linkset+json"
LINKSET_TEXT = "application/linkset"
SCHEMA = "https://schema.org/"
# What a page of ours is, whatever it is about.
PAGE_TYPE = "AboutPage"
TYPES = {"claim": "Claim", "origin": "Thing", "topic": "DefinedTerm", "page": "WebPage", "foundation": "WebPage"}
# Classes of schema.org that the documents of agents and sources name themselves.
NAMED = frozenset(["Person", "Organization", *SOURCE_CLASS.words])
DATA = tuple(form for form in RECORD_FORMS if form is not Form.HTML)


@dataclass(frozen=True)
class Way:
    """A typed link; `type` is the media type of its target."""

    rel: str
    target: str
    type: str | None = None


def headers_of(shown: Shown, site: Site, suffix: Form | None) -> dict[str, str]:
    """`Link`, `Vary` and `Content-Location` of a version's page, or of the form of it that `suffix` names."""
    edition = shown.edition
    ways = page_ways(shown, site) if suffix is None else data_ways(shown, site, suffix)
    found = {"Link": ", ".join(f'<{way.target}>; rel="{way.rel}"{_type(way)}' for way in ways)}
    if not suffix:
        found["Vary"] = "Accept"
    if not shown.pinned:
        place = links.version(edition.address.rpartition("/")[2], edition.version)
        found["Content-Location"] = links.form(place, suffix.value) if suffix else place
    return found


def page_ways(shown: Shown, site: Site) -> Iterator[Way]:
    """The links of a version's page."""
    this = _this(shown.edition, site)
    yield from _of_all(shown, site)
    for found in dict.fromkeys((SCHEMA + PAGE_TYPE, thing_class(shown.edition))):
        yield Way("type", found)
    # The canonical bytes are the thing itself: what is hashed and what every other form is made from.
    yield Way("item", links.form(this, Form.JSONLD.value), Form.JSONLD.media_type)
    for form in DATA:
        yield Way("describedby", links.form(this, form.value), form.media_type)


def data_ways(shown: Shown, site: Site, form: Form) -> Iterator[Way]:
    """The links of a version's data in one form: back to its page."""
    this = _this(shown.edition, site)
    yield from _of_all(shown, site)
    yield Way("describes", this, Form.HTML.media_type)
    if form is Form.JSONLD:
        yield Way("collection", this, Form.HTML.media_type)


def linkset(shown: Shown, site: Site) -> list[tuple[str, list[Way]]]:
    """(anchor, links): of the version's page, of the record's page while this is its newest version, and of each form.

    The forms of a record without a version in their address are left out: they change.
    """
    this = _this(shown.edition, site)
    found = [(this, list(page_ways(shown, site)))]
    if shown.is_current:
        found.append((site.base + shown.edition.address, list(page_ways(shown, site))))
    return found + [(links.form(this, form.value), list(data_ways(shown, site, form))) for form in DATA]


def as_json(shown: Shown, site: Site) -> dict[str, Any]:
    """The linkset as `application/linkset+json` has it (RFC 9264, 4.2)."""
    contexts = []
    for anchor, ways in linkset(shown, site):
        context: dict[str, Any] = {"anchor": anchor}
        for way in ways:
            target = {"href": way.target} | ({"type": way.type} if way.type else {})
            context.setdefault(way.rel, []).append(target)
        contexts.append(context)
    return {"linkset": contexts}


def as_text(shown: Shown, site: Site) -> str:
    """The linkset as `application/linkset` has it (RFC 9264, 4.1)."""
    return ",\n".join(
        f'<{way.target}>; rel="{way.rel}"{_type(way)}; anchor="{anchor}"'
        for anchor, ways in linkset(shown, site)
        for way in ways
    )


def thing_class(edition: Edition) -> str:
    """The IRI of the class of schema.org that says best what the record is."""
    named = edition.document["mainEntity"]["@type"]
    found = (one for one in ([named] if isinstance(named, str) else named) if one in NAMED)
    return SCHEMA + (TYPES.get(edition.record_kind) or next(found, "Thing"))


def _of_all(shown: Shown, site: Site) -> Iterator[Way]:
    """What is so of a version in every form."""
    edition = shown.edition
    page = site.base + edition.address
    yield Way("cite-as", _this(edition, site))
    yield Way("latest-version", page)
    if edition.version > 1:
        yield Way("predecessor-version", links.version(page, edition.version - 1))
    if shown.standing.latest_version > edition.version:
        yield Way("successor-version", links.version(page, edition.version + 1))
    yield Way("license", edition.document["license"])
    yield Way("author", page_of(edition.document["publisher"]))
    for kind, suffix in ((LINKSET_JSON, "json"), (LINKSET_TEXT, "txt")):
        yield Way("linkset", links.linkset(_this(edition, site), suffix), kind)


def _this(edition: Edition, site: Site) -> str:
    return links.version(site.base + edition.address, edition.version)


def _type(way: Way) -> str:
    return f'; type="{way.type}"' if way.type else ""
