"""Model and shapes say the same of every key left out, of another kind, or leading elsewhere: both take it, or neither.

The mutants of `tests/vectors` have one reason each; these are made for every key of every class, and only compared.
What the first shapes do not ask stands below, key by key. They also leave to the model that words are more than empty
space, that a date in EDTF is one, and that nothing is cited without need.
"""

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from kb.documents.context import TERMS, Kind
from kb.documents.edition import document_faults
from kb.formats.ns.examples import DOCUMENTS, document
from tests.support.editions import VALID
from tests.support.readings import Shapes

# Beside the packaged examples, what none of them is.
VECTORS = ("agent-whole-office", "claim-fx-withdrawn-v2")
# The small ones; an edition of a claim takes pyshacl a second or two.
QUICK = ("foundation", "page", "topic")
WRONG: dict[type, Any] = {bool: "perhaps", int: -1, str: "yesterday"}
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
# The model alone refuses these: the shapes that are published for good ask less of some keys that need not be there.
UNASKED = {
    "Assessment+ClaimReview-url-elsewhere",
    "Claim+CreativeWork-datePublished-wrong",
    "Claim+CreativeWork-firstAppearance-elsewhere",
    "Claim+CreativeWork-noReplyFoundOn-wrong",
    # Who replies stands in the label of the verdict, which no shape puts together.
    "Claim+CreativeWork-replies-left-out",
    "Concerned-record-left-out",
    "Figure+Observation-highInclusive-wrong",
    "Figure+Observation-lowInclusive-wrong",
    "Period-endDate-left-out",
    "Period-startDate-left-out",
    "Snapshot+MediaObject-byteSize-wrong",
    "Snapshot+MediaObject-characters-wrong",
    "Source+NewsArticle-datePublished-left-out",
    "Source+NewsArticle-datePublished-wrong",
    "Source+NewsArticle-statusDate-wrong",
    "Source+NewsArticle-titleFromAddress-wrong",
    "TextQuoteSelector-occurrence-left-out",
    "TextQuoteSelector-occurrences-left-out",
}
NEEDLESS = "Nothing in the edition refers to this record."
# Keys of the vectors alone, where they have mutants of their own.
UNUSED = {"appearsIn", "bestRating", "otherNames", "ratingValue", "sameAs", "statusNotice", "worstRating"}
Way = tuple[str | int, ...]


@dataclass(frozen=True)
class Altered:
    """One key of one class, changed in one document; `value` None leaves it out."""

    name: str
    what: str
    way: Way
    value: Any

    def document(self) -> dict[str, Any]:
        made = copy.deepcopy(whole(self.name))
        place = at(made, self.way[:-1])
        if self.value is None:
            del place[self.way[-1]]
        else:
            place[self.way[-1]] = self.value
        if made.get("mainEntity", {}).get("relations") == {}:
            del made["mainEntity"]["relations"]
        return made


def whole(name: str) -> dict[str, Any]:
    found: dict[str, Any] = document(name) if name in DOCUMENTS else json.loads((VALID / f"{name}.jsonld").read_bytes())
    return found


def at(place: Any, way: Way) -> Any:
    for step in way:
        place = place[step]
    return place


def keys(node: dict[str, Any], way: Way = ()) -> Iterator[tuple[str, str, Way]]:
    """Class, key and where it stands, of an object and all in it."""
    classes = node["@type"] if isinstance(node["@type"], str) else "+".join(node["@type"])
    for key, value in node.items():
        if key.startswith("@"):
            continue
        yield classes, key, (*way, key)
        if TERMS[key].kind is Kind.NEST:
            yield from ((classes, inner, (*way, key, inner)) for inner in value)
        elif isinstance(value, dict) and "@type" in value:
            yield from keys(value, (*way, key))
        elif isinstance(value, list) and isinstance(value[0], dict):
            for number, one in enumerate(value):
                yield from keys(one, (*way, key, number))


def altered() -> Iterator[Altered]:
    seen = set()
    for name in (*reversed(DOCUMENTS), *VECTORS):
        for classes, key, way in keys(whole(name)):
            if (classes, key) in seen:
                continue
            seen.add((classes, key))
            label, value, term = f"{classes}-{key}", at(whole(name), way), TERMS[key]
            yield Altered(name, f"{label}-left-out", way, None)
            if term.kind is Kind.TYPED and term.datatype != EDTF and type(value) in WRONG:
                yield Altered(name, f"{label}-wrong", way, WRONG[type(value)])
            if term.kind is Kind.NODE and isinstance(value, str):
                yield Altered(name, f"{label}-elsewhere", way, "https://elsewhere.example/x")


ALTERED = list(altered())


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return Shapes()


@pytest.mark.filterwarnings("ignore:::rdflib.term")  # Of values that it cannot read, which is the point here.
@pytest.mark.parametrize(
    "one",
    [
        pytest.param(one, id=f"{one.name}-{one.what}", marks=[] if one.name in QUICK else [pytest.mark.slow])
        for one in ALTERED
    ],
)
def test_both_refuse_it_or_both_take_it(shapes: Shapes, one: Altered) -> None:
    made = one.document()
    faults = [str(fault) for fault in document_faults(made) if fault.what != NEEDLESS]
    try:
        complaints = shapes.complaints(made)
    except TypeError as error:
        # So pyshacl says that a bound cannot be compared with what is no value of its type.
        complaints = [str(error)]
    if one.what in UNASKED:
        assert faults
        assert not complaints
    else:
        assert bool(faults) == bool(complaints), (faults[:2], complaints[:2])


def test_every_key_of_a_document_is_among_them() -> None:
    named = {step for one in ALTERED for step in one.way if isinstance(step, str)}
    assert set(TERMS) - named == UNUSED
    assert {one.what for one in ALTERED} >= UNASKED
    assert len(ALTERED) > 350
