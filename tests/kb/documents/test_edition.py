"""The model: what it takes, and each fault that it refuses with its place."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kb.documents.edition import check_document, document_faults
from kb.documents.entity import MODELS, validate_entity
from kb.errors import Refused
from kb.values.vocabulary import RECORD_KIND
from tests.support.editions import Given, corpus, draft_of, valid
from tests.support.mutants import Mutant, mutants

CLAIM = "http://localhost:8000/claims/ts527ncpx"
MUTANTS = mutants()
Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize("edition", valid(), ids=lambda one: one.path.stem)
def test_a_valid_edition_has_no_fault(edition: Given) -> None:
    assert document_faults(edition.document) == []
    draft = draft_of(edition.document)
    validate_entity(draft.kind, draft.entity)


@pytest.mark.corpus
def test_no_example_has_a_fault(shared: Path) -> None:
    for edition in corpus(shared):
        assert document_faults(edition.document) == [], edition.path.name


def test_there_is_a_model_for_each_kind_of_record() -> None:
    assert tuple(MODELS) == RECORD_KIND.words


def test_mutants_are_many_and_each_has_a_name_of_its_own() -> None:
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 60


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_the_model_refuses_each_mutant_in_its_place(mutant: Mutant) -> None:
    faults = document_faults(mutant.document())
    places = [fault.where for fault in faults]
    assert any(place.startswith(mutant.where) for place in places), places
    assert all(fault.what for fault in faults)


# Faults that no shape can see: they are lost, or look whole, once JSON has become triples.
UNSEEN_BY_SHAPES: dict[str, tuple[Change, str]] = {
    "unknown-key": (lambda d: d["mainEntity"].update(verdicts=[]), "/mainEntity/verdicts"),
    "unknown-key-with-slash": (lambda d: d["mainEntity"].update({"a/b~": 1}), "/mainEntity/a~1b~0"),
    "python-spelling": (lambda d: d["mainEntity"].update(claim_type="numerical"), "/mainEntity/claim_type"),
    "number-as-json-number": (lambda d: d["mainEntity"]["figures"][0].update(low=72000), "/mainEntity/figures/0/low"),
    "version-as-string": (lambda d: d.update(version="1"), "/version"),
    "true-as-one": (lambda d: d["mainEntity"]["aspects"][0].update(main=1), "/mainEntity/aspects/0/main"),
    "null": (lambda d: d["mainEntity"].update(title=None), "/mainEntity/title"),
    "empty-array": (lambda d: d["mainEntity"].update(hedges={}), "/mainEntity/hedges"),
    "language-in-capitals": (
        lambda d: d["mainEntity"]["statement"].update({"en-GB": "x"}),
        "/mainEntity/statement/en-GB",
    ),
    "blank-prose": (lambda d: d["mainEntity"]["statement"].update(en=" \n"), "/mainEntity/statement/en"),
    "control-character": (lambda d: d["mainEntity"]["statement"].update(en="a\x00b"), "/mainEntity/statement/en"),
    "lone-surrogate": (lambda d: d["mainEntity"]["statement"].update(en="a\ud800"), "/mainEntity/statement/en"),
    "said-twice": (lambda d: d["mainEntity"]["hedges"].update(en=["some", "some"]), "/mainEntity/hedges/en"),
    "topic-twice": (lambda d: d["mainEntity"].update(topics=d["mainEntity"]["topics"] * 2), "/mainEntity/topics"),
    "record-under-another-base": (
        lambda d: d["mainEntity"].update(author=["https://evil.example/agents/s8k9w39qd#it"]),
        "/mainEntity/author/0",
    ),
    "iri-with-space": (
        lambda d: d["mainEntity"].update(author=["http://localhost:8000/a b/agents/s8k9w39qd#it"]),
        "/mainEntity/author/0",
    ),
    "subject-of-another-page": (
        lambda d: d["mainEntity"]["aspects"][3].update({"@id": "http://localhost:8000/claims/other#aspect-5"}),
        "/mainEntity/aspects/3/@id",
    ),
    "two-objects-one-iri": (
        lambda d: d["mainEntity"]["searches"][1]["target"].update({"@id": f"{CLAIM}#reply-1-target"}),
        "/mainEntity/searches/1/target/@id",
    ),
    "blank-node": (lambda d: d["mainEntity"]["assessment"]["rating"].pop("@id"), "/mainEntity/assessment/rating/@id"),
    "part-without-number": (
        lambda d: d["mainEntity"]["evidence"][3].update({"@id": f"{CLAIM}#evidence-x"}),
        "/mainEntity/evidence/3/@id",
    ),
    "link-of-another-appearance": (
        lambda d: d["mainEntity"]["appearances"][0]["chain"][0].update({"@id": f"{CLAIM}#appearance-2-link-1"}),
        "/mainEntity/appearances/0/chain/0",
    ),
    "context-of-another": (lambda d: d.update({"@context": "https://evil.example/c"}), "/@context"),
    "cited-without-need": (lambda d: d["mainEntity"]["figures"][0].pop("measure"), "/cited/16/record"),
    "cited-out-of-order": (lambda d: d["cited"].reverse(), "/cited"),
    "id-of-another": (lambda d: d.update(recordId="r4j0xxc3c"), "/recordId"),
    "base-that-is-none": (lambda d: d.update(editionOf="ftp://x/claims/ts527ncpx#it"), "/editionOf"),
    "label-of-our-own": (
        lambda d: d["mainEntity"]["assessment"]["rating"]["ratingLabel"].update(en="Disputed."),
        "/mainEntity/assessment/rating/ratingLabel",
    ),
    "denial-left-out-of-the-label": (
        lambda d: d["mainEntity"]["replies"].pop(2),
        "/mainEntity/assessment/rating/ratingLabel",
    ),
    "failing-in-another-order": (
        lambda d: d["mainEntity"]["assessment"]["failing"].reverse(),
        "/mainEntity/assessment/failing",
    ),
    "another-question-reviewed": (
        lambda d: d["mainEntity"]["assessment"].update(claimReviewed={"en": "Is it so?"}),
        "/mainEntity/assessment/claimReviewed",
    ),
    "assessment-on-another-page": (
        lambda d: d["mainEntity"]["assessment"].update(url="https://evil.example/"),
        "/mainEntity/assessment/url",
    ),
    "edtf-that-is-none": (
        lambda d: d["mainEntity"]["figures"][0]["period"].update(edtf="2019-13"),
        "/mainEntity/figures/0/period/edtf",
    ),
    "period-with-bounds-of-its-own": (
        lambda d: d["mainEntity"]["figures"][0]["period"].update(endDate="2019-12-30"),
        "/mainEntity/figures/0/period",
    ),
    "no-such-day": (lambda d: d["mainEntity"].update(noReplyFoundOn="2026-02-30"), "/mainEntity/noReplyFoundOn"),
    "anchor-of-another-length": (
        lambda d: d["mainEntity"]["figures"][0]["anchor"].update(end=999),
        "/mainEntity/figures/0",
    ),
    "voice-twice-in-one-role": (
        lambda d: d["mainEntity"]["appearances"][0]["chain"][0].update(
            agent="http://localhost:8000/agents/s8k9w39qd#it", role="author"
        ),
        "/mainEntity/appearances/0",
    ),
    "two-quotes-in-one-passage": (
        lambda d: d["mainEntity"]["evidence"][1]["target"]["selector"].append(
            {**d["mainEntity"]["evidence"][1]["target"]["selector"][0], "@id": f"{CLAIM}#evidence-2-more"}
        ),
        "/mainEntity/evidence/1/target",
    ),
    "snapshot-of-another-source": (
        lambda d: d["mainEntity"]["evidence"][0]["target"]["state"].update(
            cachedSource="http://localhost:8000/sources/4zjmd8aqp#snapshot-1"
        ),
        "/mainEntity/evidence/0/target",
    ),
    "agent-that-is-not-the-person-concerned": (
        lambda d: d["mainEntity"]["replies"][3].update(agent="http://localhost:8000/agents/g01amdphe#it"),
        "/mainEntity/replies/3/agent",
    ),
    "relation-that-is-computed": (
        lambda d: d["mainEntity"]["relations"].update(supported_by=["http://localhost:8000/claims/r4j0xxc3c#it"]),
        "/mainEntity/relations/supported_by",
    ),
    "external-id-without-prefix": (lambda d: d["mainEntity"].update(externalIds=["C04"]), "/mainEntity/externalIds/0"),
}


@pytest.mark.parametrize("name", UNSEEN_BY_SHAPES)
def test_the_model_refuses_what_no_shape_can_see(name: str) -> None:
    change, where = UNSEEN_BY_SHAPES[name]
    document = copy.deepcopy(next(one.document for one in valid() if one.path.stem == "claim-whole"))
    change(document)
    places = [fault.where for fault in document_faults(document)]
    assert any(place.startswith(where) for place in places), places
    with pytest.raises(Refused):
        check_document(document)


def test_a_withdrawn_claim_says_only_what_it_may() -> None:
    document = copy.deepcopy(next(one.document for one in valid() if one.path.stem == "claim-fx-withdrawn-v2"))
    document["mainEntity"]["claimType"] = "numerical"
    assert [fault.where for fault in document_faults(document)] == ["/mainEntity"]


def test_an_entity_of_another_kind_is_refused() -> None:
    with pytest.raises(Refused):
        validate_entity(
            "source", next(one.document["mainEntity"] for one in valid() if one.path.stem == "agent-fx-anna")
        )
