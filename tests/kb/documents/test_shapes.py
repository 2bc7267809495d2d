"""The shapes, published for consumers: they take what the model takes, and refuse the mutants that it refuses.

Each mutant takes pyshacl a second or more, so `make test` tries these few and the slow run tries all.
"""

from pathlib import Path

import pytest

from tests.support.editions import Given, corpus, valid
from tests.support.mutants import Mutant, mutants
from tests.support.readings import Shapes

QUICK = frozenset(
    {
        "agent-private",
        "claim-from-foreign-matter",
        "copy-of-itself",
        "digest-of-md5",
        "disputed-without-dispute",
        "foundation-elsewhere",
        "measure-without-kind",
        "origin-from-an-agent",
        "page-without-body",
        "person-of-kind-office",
        "previous-two-lower",
        "retracted-without-day",
        "second-is-new",
        "topic-without-name",
        "two-links-read",
        "verdict-on-nothing-seen",
        "withdrawn-with-evidence",
    }
)
QUICK_VALID = frozenset({"agent-whole-person", "claim-fx-withdrawn-v2", "claim-whole", "source-whole", "topic-whole"})


def _slow_but(quick: frozenset[str], name: str) -> list[pytest.MarkDecorator]:
    return [] if name in quick else [pytest.mark.slow]


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return Shapes()


@pytest.mark.parametrize(
    "edition",
    [pytest.param(one, id=one.path.stem, marks=_slow_but(QUICK_VALID, one.path.stem)) for one in valid()],
)
def test_the_shapes_take_a_valid_edition(shapes: Shapes, edition: Given) -> None:
    assert shapes.complaints(edition.document) == []


@pytest.mark.parametrize(
    "mutant", [pytest.param(one, id=one.name, marks=_slow_but(QUICK, one.name)) for one in mutants()]
)
def test_the_shapes_refuse_each_mutant_for_its_reason(shapes: Shapes, mutant: Mutant) -> None:
    said = shapes.complaints(mutant.document())
    assert any(mutant.shape in one for one in said), said


def test_the_quick_ones_are_among_the_mutants() -> None:
    assert {one.name for one in mutants()} >= QUICK


@pytest.mark.slow
@pytest.mark.corpus
def test_the_shapes_take_every_example(shapes: Shapes, shared: Path) -> None:
    for edition in corpus(shared):
        assert shapes.complaints(edition.document) == [], edition.path.name
