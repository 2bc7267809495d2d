"""The pages that a knowledge base begins with: their lists come from the vocabulary, and every word is explained."""

import re

import pytest

from kb.errors import Broken
from kb.publish.found import PAGES
from kb.publish.own_words import filled, text_of
from kb.values import vocabulary

# The words of the design, each with an entry of its own in the glossary.
WORDS = (
    "Agent", "Source", "Origin", "Snapshot", "Passage", "State of a quote", "Verified", "Recorded", "Unseen", "Claim",
    "Aspect", "Appearance", "Figure", "Measure", "Evidence", "Assessment", "Three grades", "Relation", "Finding",
    "Page", "Edition", "Version", "Desk", "Gate", "Seal", "Log", "Projection", "Verdict", "Stance", "Confidence",
    "Band", "Comparator", "Roll-up", "Independent origins", "Reply", "Second reader", "Redaction", "Standing", "Digest",
    "Text of record", "Foundation",
)  # fmt: skip


def entries() -> list[str]:
    return re.findall(r"^\*\*(.+?)\.?\*\*", text_of("glossary"), re.MULTILINE)


@pytest.mark.parametrize("word", WORDS)
def test_the_glossary_explains_every_word(word: str) -> None:
    assert any(word in re.split(r", ", entry) for entry in entries())


def test_the_glossary_is_in_the_order_of_the_alphabet() -> None:
    assert entries() == sorted(entries(), key=str.casefold)


@pytest.mark.parametrize("slug", [*PAGES])
def test_every_slot_is_filled(slug: str) -> None:
    assert "{" not in text_of(slug)


@pytest.mark.parametrize(
    "name", ["VERDICT", "STANCE", "QUOTE_STATE", "GRADE", "CERTAINTY", "BAND", "COMPARATOR", "CHANGE"]
)
def test_the_method_says_each_list_as_it_is(name: str) -> None:
    some = getattr(vocabulary, name)
    rows = "\n".join(f"| {term.label} | {term.definition} |" for term in some.terms)
    assert rows in text_of("method")
    assert rows in text_of("glossary")


def test_words_within_a_sentence() -> None:
    assert filled("It is {words certainty}.") == "It is certain, likely, uncertain or ambiguous."
    assert filled("{list strength}") == "- Weak\n- Moderate\n- Strong"


def test_a_slot_without_a_list_is_a_fault_of_ours() -> None:
    for slot in ("{table nothing}", "{list symmetric}"):
        with pytest.raises(Broken, match="closed list"):
            filled(slot)


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("method", ("How claims are chosen", "gets a score", "Gate and second reader", "Redaction")),
        ("about", ("how to report an error", "Funding and interests", "Accessibility", "Privacy", "Licences")),
    ],
)
def test_the_pages_say_what_readers_look_for(slug: str, said: tuple[str, ...]) -> None:
    for words in said:
        assert words in text_of(slug)


def test_no_page_names_an_address_of_its_own() -> None:
    """Whom to write to is a setting of the place; an invented address would lead reports into nothing."""
    for slug in PAGES:
        assert not re.search(r"@|https?://|mailto:", text_of(slug)), slug
