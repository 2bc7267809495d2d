"""From a finding of the gate to the page that mends it."""

from dataclasses import dataclass

import pytest

from app.desk.where import section_of, way_to_mend


@dataclass(frozen=True)
class Named:
    id: str = "7k3mq2xkt"
    kind: str = "claim"


@pytest.mark.parametrize(
    ("where", "way", "section"),
    [
        ("statement", "/words#f-texts-0-statement", "words"),
        ("claimType", "/words#f-claim_type", "words"),
        ("appearances", "/appearances/new", "appearances"),
        ("appearance-2/certainty", "/appearances/2#f-certainty", "appearances"),
        ("appearance-2-link-1/name", "/appearances/2", "appearances"),
        ("aspects", "/aspects", "aspects"),
        ("aspect-3/verdict", "/assessment", "assessment"),
        ("aspect-3/label", "/aspects", "aspects"),
        ("assessment", "/assessment", "assessment"),
        ("assessment-1/method", "/assessment", "assessment"),
        ("assessment-1-aspect-2/confidence", "/assessment", "assessment"),
        ("evidence-7/origin", "/evidence/7", "evidence"),
        ("figure-4/period", "/figures/4", "figures"),
        ("concerned-1", "/replies/new", "concerned"),
        ("concerned-1/living", "/concerned", "concerned"),
        ("open-2/label", "/questions/2", "questions"),
        ("search-2/target", "/searches/2", "searches"),
        ("reply-5/short", "/replies/5", "replies"),
        ("mention-1/name", "/mentions", "mentions"),
        ("relations", "/relations", "relations"),
        ("record", "", "record"),
        ("nothing that is known", "", "record"),
    ],
)
def test_each_place_of_a_claim_has_a_page(where: str, way: str, section: str) -> None:
    assert way_to_mend(Named(), where) == f"desk/claims/7k3mq2xkt{way}"
    assert section_of(where) == section


def test_other_records_have_one_page_and_what_is_dragged_along_has_its_own() -> None:
    assert way_to_mend(Named(kind="source"), "licence") == "desk/sources/7k3mq2xkt"
    assert way_to_mend(Named(), "review") == "desk/records/7k3mq2xkt/review"
    assert way_to_mend(Named(), "agents/37d2qfnqr: name") == "desk/agents/37d2qfnqr"
    assert way_to_mend(Named(), "sources/37d2qfnqr") == "desk/sources/37d2qfnqr"
    assert way_to_mend(Named(), "topics/rome-statute: label") == "desk/topics?q=rome-statute"
