"""Where a finding stands: at the number that the part has on the desk."""

import pytest

from kb.documents.faults import fault
from kb.publish.finding import field_path, of_fault

PAGE = "http://localhost:8000/claims/37d2qfnqr"
ENTITY = {
    "@id": f"{PAGE}#it",
    "statement": {"en": "Words."},
    "evidence": [
        {
            "@id": f"{PAGE}#evidence-7",
            "target": {"@id": f"{PAGE}#evidence-7-target", "selector": [{"@id": f"{PAGE}#evidence-7-quote"}]},
            "figures": [{"@id": f"{PAGE}#figure-9", "period": {"@id": f"{PAGE}#figure-9-period"}}],
        }
    ],
    "appearances": [{"@id": f"{PAGE}#appearance-1", "chain": [{"@id": f"{PAGE}#appearance-1-link-4"}]}],
    "assessment": {"@id": f"{PAGE}#assessment-1", "aspectVerdicts": [{"@id": f"{PAGE}#assessment-1-aspect-3"}]},
}


@pytest.mark.parametrize(
    ("pointer", "path"),
    [
        ("/", "record"),
        ("/statement/en", "statement/en"),
        ("/evidence/0/origin", "evidence-7/origin"),
        ("/evidence/0/target/selector/0/exact", "evidence-7/target/selector/0/exact"),
        ("/evidence/0/figures/0/period/edtf", "figure-9/period/edtf"),
        ("/appearances/0/chain/0", "appearance-1-link-4"),
        ("/assessment/aspectVerdicts/0/band", "assessment-1-aspect-3/band"),
        ("/evidence/5/origin", "evidence/5/origin"),
        ("/a~1b/c~0d", "a/b/c~d"),
    ],
)
def test_a_pointer_becomes_a_path_on_the_desk(pointer: str, path: str) -> None:
    assert field_path(pointer, ENTITY) == path


def test_what_the_model_says_can_be_mended() -> None:
    finding = of_fault(fault("This key is missing.", "evidence", 0, "origin"), ENTITY)
    assert finding.as_json() == {
        "what": "This key is missing.",
        "where": "evidence-7/origin",
        "mend": "Correct evidence-7/origin on the desk.",
        "shuts": True,
    }
