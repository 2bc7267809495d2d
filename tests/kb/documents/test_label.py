"""Labels: the verdict's words, what fails, and the first reply of each speaker."""

from pathlib import Path
from typing import Any

import pytest

from kb.documents import label
from tests.support.editions import corpus, valid


def _claim(stem: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one.document["mainEntity"] for one in valid() if one.path.stem == stem)
    return found


def test_the_replies_stand_after_the_verdict_and_in_a_list_before_it() -> None:
    entity = _claim("claim-whole")
    verdict = "Disputed; the year is contradicted; unverified: who counted"
    replies = "Enzo Example says no. The other side says no. Carla Example stands by it."
    assert label.verdict_label(entity) == f"{verdict}. {replies}"
    assert label.list_label(entity) == f"{replies} {verdict}."


def test_a_claim_without_replies_has_one_label() -> None:
    entity = _claim("claim-fx-300")
    assert label.verdict_label(entity) == label.list_label(entity) == "Contradicted"


def test_one_speaker_is_one_however_a_reply_names_them() -> None:
    concerned = {"@id": "#concerned-1", "record": "agents/a#it"}
    replies = [
        {"@id": "#reply-1", "by": "#concerned-1", "short": {"en": "First."}},
        {"@id": "#reply-2", "agent": "agents/a#it", "short": {"en": "Again."}},
        {"@id": "#reply-3", "name": {"en": "Somebody"}, "short": {"ar": "لا", "de": "Nein."}},
        {"@id": "#reply-4", "name": {"en": "Somebody"}, "short": {"en": "Again."}},
        {"@id": "#reply-5", "unnamed": True, "short": {"en": "One voice."}},
        {"@id": "#reply-6", "unnamed": True, "short": {"en": "Another voice."}},
    ]
    found = label.replies_in_view({"concerns": [concerned], "replies": replies})
    assert found == ["First.", "لا", "One voice.", "Another voice."]


@pytest.mark.corpus
def test_each_example_has_the_label_that_its_rating_says(shared: Path) -> None:
    claims = [one.document["mainEntity"] for one in corpus(shared) if "assessment" in one.document["mainEntity"]]
    assert len(claims) == 9
    for entity in claims:
        assert entity["assessment"]["rating"]["ratingLabel"] == {"en": label.verdict_label(entity)}
