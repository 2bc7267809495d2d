"""JSON with places: what is valid reads as the standard library reads it, what is not never stops the lint."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kb.lint.decode import decode
from kb.lint.faults import Faults
from kb.lint.nodes import Node, Number
from kb.lint.one import lint_bytes
from kb.lint.scan import Scanner
from kb.lint.together import Seen

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
NAMES = (
    *(
        "@context",
        "@type",
        "@id",
        "@graph",
        "@value",
        "url",
        "claimReviewed",
        "reviewRating",
        "ratingValue",
        "bestRating",
    ),
    *("worstRating", "alternateName", "name", "itemReviewed", "author", "appearance", "sameAs", "datePublished"),
    *("inLanguage", "ClaimReviewed", "title", "retrieved_by", "{}"),
)
WORDS = (
    *(
        "https://schema.org",
        "ClaimReview",
        "Claim",
        "claim",
        "Rating",
        "Person",
        "https://a.example/",
        "",
        " ",
        "1",
        "7",
    ),
    *("2026-05-13", "0001-01-01", "#a", "en-Poly", "<b>", "&amp;", "https://[", "{x}", "\ud800"),
)
REVIEWS = st.recursive(
    st.sampled_from(WORDS) | st.none() | st.booleans() | st.integers(-9, 99) | st.just(10**400),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=9),
    max_leaves=40,
)
PIECES = (
    *(
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        '"',
        "“",
        "'",
        "\\",
        "\\u12",
        "//",
        "/*",
        "<!--",
        "]]>",
        "&quot;",
        "NaN",
        "-",
        "1e9",
    ),
    *(
        '"@type"',
        '"ClaimReview"',
        "\n",
        "\x00",
        "\ufeff",
        "<script type=application/ld+json>",
        "</script>",
        "<html ",
        ">",
    ),
)


def plain(node: Node) -> Any:
    if isinstance(node.value, dict):
        return {name: plain(one) for name, one in node.value.items()}
    if isinstance(node.value, list):
        return [plain(one) for one in node.value]
    return json.loads(node.value.literal) if isinstance(node.value, Number) else node.value


@given(VALUES, st.sampled_from([None, 1]), st.booleans())
def test_valid_json_is_read_whole_without_a_fault(value: Any, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    faults = Faults(text)
    node = Scanner(text, faults).read()
    assert node is not None
    assert plain(node) == value
    assert faults.counts.total() == 0


@given(VALUES)
def test_each_value_begins_where_it_is_said_to(value: Any) -> None:
    text = json.dumps(value, indent=1)
    root = Scanner(text, Faults(text)).read()
    assert root is not None
    for node in root.walk():
        read, _end = json.JSONDecoder().raw_decode(text, node.at)
        assert read == plain(node)


@given(REVIEWS)
def test_no_value_of_json_stops_it(value: Any) -> None:
    whole = {"@context": "https://schema.org", "@type": "ClaimReview"} | (
        value if isinstance(value, dict) else {"a": value}
    )
    for given_value in (value, whole):
        lint_bytes("x", json.dumps(given_value).encode(), Seen())
        page = f"<html><script type='application/ld+json'>{json.dumps(given_value)}</script>"
        lint_bytes("x", page.encode(), Seen())


@given(st.binary() | st.lists(st.sampled_from(PIECES)).map(lambda pieces: "".join(pieces).encode()))
def test_no_bytes_stop_it(raw: bytes) -> None:
    linted = lint_bytes("x", raw, Seen())
    text, _faults = decode(raw)
    for fault in linted.faults.kept:
        assert fault.problem.isprintable()
        assert fault.line <= text.count("\n") + 1
    if not linted.reviews:
        assert linted.faults.counts.total() > 0
