"""The corpus' words in ours, and parts told by natural keys."""

import pytest

from kb.imports.seed.matching import pair
from kb.imports.seed.words import agent_kind, language_of_name, living, source_class


@pytest.mark.parametrize(
    ("kind", "made"),
    [
        ("political blog", "BlogPosting"),
        ("repost of a blog", "BlogPosting"),
        ("news agency report", "NewsArticle"),
        ("newspaper feature", "NewsArticle"),
        ("court document", "Report"),
        ("treaty record", "Report"),
        ("treaty text", "Legislation"),
        ("website of the group concerned", "WebPage"),
        ("newsletter", "Article"),
        ("expert comment", "Article"),
        ("book", "Book"),
    ],
)
def test_the_first_row_with_a_word_of_the_kind_wins(kind: str, made: str) -> None:
    assert source_class(kind) == made


@pytest.mark.parametrize(
    ("kind", "made"),
    [
        ("person", "person"),
        ("unknown", "unnamed"),
        ("office", "office"),
        ("online page", "account"),
        ("website", "account"),
        ("news agency", "organisation"),
        ("party to treaties (status contested)", "organisation"),
    ],
)
def test_kinds_of_agents(kind: str, made: str) -> None:
    assert agent_kind(kind) == made


def test_living_is_dated() -> None:
    assert living("presumed living", "2026-11-24") == {"living": "presumed_living", "living_as_of": "2026-11-24"}
    assert living("reported dead since 2024-09-30", "2026-11-24") == {
        "living": "reported_dead",
        "living_as_of": "2024-09-30",
    }
    assert living(None, "2026-11-24") == {}
    assert living("presumed living", None) == {}


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("Riyad al-Maliki", "en"),
        ("رياض المالكي", "und-arab"),
        ("مؤسسة الثريا للاتصال والإعلام (possibly)", "und-arab"),
        ("सगरमाथा", "und-deva"),
        ("珠穆朗玛峰", "und-hani"),
        ("ཇོ་མོ་གླང་མ", "und-tibt"),
        ("SBSM", "en"),
        ("1999", "en"),
    ],
)
def test_a_name_in_another_script_is_not_in_the_articles_language(name: str, tag: str) -> None:
    assert language_of_name(name, "en") == tag


def test_the_first_of_a_key_is_the_first() -> None:
    pairs, gone = pair([("a", 1), ("b", 2), ("a", 3), ("c", 4)], [("a", "x"), ("d", "y"), ("a", "z"), ("a", "w")])
    assert pairs == [("x", 1), ("y", None), ("z", 3), ("w", None)]
    assert gone == [2, 4]
