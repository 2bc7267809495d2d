"""Whether a statement says who says it: by a name, a part of one, or in another script."""

import pytest

from kb.publish.wording import attributes, telling


@pytest.mark.parametrize(
    ("statement", "voice"),
    [
        ("Tzvi Fleischer writes that it rained.", "Tzvi Fleischer"),
        ("According to fleischer it rained.", "Tzvi Fleischer"),
        ("The Survey says that it rained.", "The Survey of Example"),
        ("كتب علي أن المطر نزل", "علي"),
        ("据新华社报道，下雨了。", "新华社"),
        ("The author of an article, not named, writes that it rained.", "the author of the article (not named)"),
    ],
)
def test_a_word_of_a_name_is_enough(statement: str, voice: str) -> None:
    assert attributes([statement], [voice])


@pytest.mark.parametrize(
    ("statement", "voice"),
    [
        ("It rained.", "Tzvi Fleischer"),
        ("The rain was heavy.", "The Survey of Example"),
        ("They announced rain.", "Ann Example"),
        ("It rained.", ""),
    ],
)
def test_bare_matter_names_nobody(statement: str, voice: str) -> None:
    assert not attributes([statement], [voice])


def test_any_voice_in_any_language_will_do() -> None:
    assert attributes(["It rained.", "علي يقول ذلك"], ["Nobody Known", "علي"])


def test_articles_tell_nobody_apart() -> None:
    assert telling("The Example Paper") == ["Example", "Paper"]
    assert telling("a member who is not named") == ["member", "named"]
