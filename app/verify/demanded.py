"""What the page of a version must say: drawn from its document by a walk, so that no new field can be forgotten."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from app.verify.prose import blocks
from kb.documents.addresses import kind_of, record_of
from kb.documents.context import TERMS, Kind
from kb.documents.label import main_verdicts, replies_in_view
from kb.values import vocabulary
from kb.values.grades import two_places
from kb.values.label import verdict_words

Node = Mapping[str, Any]

# Words that pages do not show, by class and key, each with the reason. Everything else that has a language is shown.
NOT_SHOWN: Mapping[str, str] = MappingProxyType(
    {
        "Claim.title": "the desk's short name for a claim; readers get its question",
        "Assessment.claimReviewed": "the question once more",
        "Rating.ratingLabel": "demanded below in its pieces, as verdict, failing aspects and replies",
        "Reply.short": "demanded below as it stands before the question, in one language",
        "Mention.otherNames": "for finding what is named, and not in the claim",
        "Mention.genre": "for finding what is named, and not in the claim",
        "Mention.note": "of what is named, and not of the claim",
        "Concerned.otherNames": "for finding the person, and not in the claim",
        "Page.body": "Markdown, demanded below block by block",
    }
)
# Words as printed that a page leaves out where they are the name that stands before them, in whatever language.
ONCE_WITH_THE_NAME = frozenset({"Mention.asPrinted"})
# Of closed lists, the words without which a reader is misled.
LISTED = MappingProxyType(
    {
        "Evidence.stance": vocabulary.STANCE,
        "Evidence.quoteState": vocabulary.QUOTE_STATE,
        "Appearance.quoteState": vocabulary.QUOTE_STATE,
        "Appearance.certainty": vocabulary.CERTAINTY,
        "AspectVerdict.verdict": vocabulary.VERDICT,
        "Claim.checkability": vocabulary.CHECKABILITY,
        "Agent.agentKind": vocabulary.AGENT_KIND,
        "Snapshot.holding": vocabulary.HOLDING,
    }
)
FOUNDATION = ("baseAddress", "termNamespace", "listNamespace")
# What a key is called in a report, where its own words would not do.
CALLED = MappingProxyType(
    {"asPrinted": "words as printed", "exact": "quote", "prefLabel": "name", "quoteState": "state of the quote"}
)
_CAPITAL = re.compile("([A-Z])")
_INNER = re.compile("-(?:quote|position|target|state)$")


@dataclass(frozen=True)
class Demand:
    """Words that must stand on a page. `lang`: marked as being in that language; `loose`: capitals do not matter."""

    what: str
    part: str
    text: str
    lang: str = ""
    loose: bool = False

    @property
    def called(self) -> str:
        """“the quote “4,807 metres” of evidence-3”."""
        shown = self.text if len(self.text) <= 60 else f"{self.text[:59]}…"
        return f"the {self.what} “{shown}”{f' of {self.part}' if self.part else ''}"


def demanded(document: Node, digest: str) -> Iterator[Demand]:
    """All that the page of this version must say as text, its digest too; words in every language that they are in."""
    entity = document["mainEntity"]
    yield Demand("version", "", f"version {document['version']}", loose=True)
    yield Demand("digest", "", digest)
    if not document["reviewed"]:
        yield from _words("reason for no second reader", "", document["unreviewedReason"])
    yield from _walk(entity)
    kind = kind_of(record_of(document["editionOf"]))
    if kind == "claim":
        yield from _label(entity)
        yield from _cited(document)
    elif kind == "page":
        for body in entity["body"].values():
            yield from (Demand("text", "", block) for block in blocks(body))
    elif kind == "foundation":
        yield from (Demand(_called(key), "", entity[key]) for key in FOUNDATION)


def _walk(node: Node, part: str = "") -> Iterator[Demand]:
    part = _part(node, part)
    for key, value in node.items():
        name = f"{_class(node)}.{key}"
        if name in NOT_SHOWN or (key == "copyOfAsPrinted" and "copyOf" in node):
            continue
        if TERMS[key].kind is Kind.LANGUAGE if key in TERMS else False:
            yield from _words(_called(key), part, value, marked=name not in ONCE_WITH_THE_NAME)
        elif key == "exact":
            yield Demand("quote", part, value, _foreign(node["language"]))
        elif key == "confidence":
            yield Demand("confidence", part, _confidence(node), loose=True)
        elif name in LISTED:
            yield Demand(_called(key), part, LISTED[name].label(value), loose=True)
        else:
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict):
                    yield from _walk(one, part)


def _confidence(node: Node) -> str:
    """“High 0.90” of an aspect; the claim's own goes by the name that it always has (DESIGN 2)."""
    band = vocabulary.BAND.label(node["band"])
    if node["@type"] == "AspectVerdict":
        return f"{band} {two_places(node['confidence'])}"
    return f"confidence in this assessment: {band}"


def _words(what: str, part: str, words: Node, *, marked: bool = True) -> Iterator[Demand]:
    for lang, value in words.items():
        for text in value if isinstance(value, list) else [value]:
            yield Demand(what, part, text, _foreign(lang) if marked else "")


def _label(entity: Node) -> Iterator[Demand]:
    """The verdict with each aspect that fails, and what every speaker answers in short (INTERFACES, “Label rule”)."""
    if "assessment" in entity:
        yield Demand("confidence", "", f"({two_places(entity['assessment']['confidence'])})")
        for piece in verdict_words(entity["assessment"]["verdict"], main_verdicts(entity)).split("; "):
            yield Demand("verdict", "", piece, loose=True)
    for short in replies_in_view(entity):
        yield Demand("reply in short", "", short)


def _cited(document: Node) -> Iterator[Demand]:
    """Of what evidence and appearances are taken from: the title, and where it is weighed the publisher and origin."""
    entity = document["mainEntity"]
    cited = {one["record"]: one for one in document.get("cited", ())}
    for kind in ("appearances", "evidence"):
        for node in entity.get(kind, ()):
            source = cited[node["target"]["source"]]
            yield from _words("title of the source", _part(node, ""), source["citedTitle"])
            if kind == "evidence":
                yield from _words("publisher", _part(node, ""), source["citedPublisher"])
                yield from _words("origin", _part(node, ""), cited[node["origin"]]["citedAs"])
    for topic in entity.get("topics", ()):
        yield from _words("topic", "", cited[topic]["citedAs"])


def _class(node: Node) -> str:
    """A part's own class; of an agent or a source that of its record, since its other class varies."""
    types = node.get("@type", "")
    names = [types] if isinstance(types, str) else types
    return next((name for name in ("Agent", "Source") if name in names), names[0])


def _part(node: Node, outer: str) -> str:
    """`evidence-3`, for its passage too; "" for the record itself."""
    fragment = str(node.get("@id", "")).rpartition("#")[2]
    return _INNER.sub("", fragment) if fragment not in ("", "it") else outer


def _called(key: str) -> str:
    return CALLED.get(key) or _CAPITAL.sub(r" \1", key).lower()


def _foreign(lang: str) -> str:
    """A page is in English: only other languages are marked."""
    return "" if lang == "en" else lang
