"""What is typed into the search, as terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import Refused
from kb.projections.catalogue.query import LONGEST, MOST_TERMS, NotASearch, Term, Way, forms, opened, parse

PHRASE = Way(("we", "support"))


def ways(text: str) -> list[list[tuple[tuple[str, ...], bool]]]:
    return [[(way.keys, way.open) for way in term.ways] for term in parse(text).wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1863", [[(("1863",), False)]]),
        ("72 000 m", [[(("72000",), False)], [(("m",), False)]]),
        ('"We support"', [[(("we", "support"), False)]]),
        ("“We support”", [[(("we", "support"), False)]]),
        ("don't", [[(("don", "t"), False)]]),
        ("NEAR(x", [[(("near", "x"), False)]]),
        ("seed:C04", [[(("seed", "c04"), False)]]),
        ("foll*", [[(("foll",), True)]]),
        ("中国人", [[(("中国", "国人"), False)]]),
        ("中", [[(("中",), True)]]),
        ('"2024年"', [[(("2024", "年"), True)]]),
        ('צה"ל', [[(("צהל",), False)]]),
        ('"followers"', [[(("followers",), False)]]),
        ("box", [[(("box",), False), (("boxes",), False)]]),
        ('1 "', [[(("1",), False)]]),
        ("", []),
        ("   ", []),
    ],
)
def test_terms(text: str, wanted: list[object]) -> None:
    assert ways(text) == wanted


def test_what_is_left_out_and_what_is_asked_twice() -> None:
    query = parse('"we support" -1863 -"x y" "we support"')
    assert query.wanted == (Term((PHRASE,)),)
    assert [term.ways[0].keys for term in query.unwanted] == [("1863",), ("x", "y")]
    assert parse("-x")
    assert not parse("")


def test_singular_and_plural_find_each_other() -> None:
    for one, other in (("follower", "followers"), ("party", "parties"), ("box", "boxes"), ("page", "pages")):
        assert set(forms(one)) & set(forms(other)) >= {one, other}
    for alone in ("1863", "élève", "gas station", "ab", "mass"):
        assert alone in forms(alone)
    assert forms("1863") == ["1863"]
    assert forms("day") == ["day", "days"]
    assert "mas" not in forms("mass")


def test_beginnings_of_words() -> None:
    assert [term.ways for term in opened(parse('followers "we support" -x')).wanted] == [
        (Way(("followers",), open=True),),
        (Way(("we", "support"), open=True),),
    ]


@pytest.mark.parametrize(
    "text", ["***", '"', "- -", "…", "\0", "x" * (LONGEST + 1), " ".join(map(str, range(MOST_TERMS + 1)))]
)
def test_what_cannot_be_searched_for_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(NotASearch) as raised:
        parse(text)
    assert raised.value.remedy


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from('"*-()\0 \ud800'))))
def test_anything_typed_is_terms_or_is_refused(text: str) -> None:
    try:
        query = parse(text)
    except Refused:
        return
    for term in (*query.wanted, *query.unwanted):
        assert term.ways
        assert all(way.keys and all(way.keys) for way in term.ways)
