"""Whatever a page says stands in its text of record, once and in order, and every quote of it is found."""

import html

from hypothesis import given
from hypothesis import strategies as st

from kb.capture.extract import extract
from kb.capture.paragraphs import paragraphs
from kb.values.prose import check_text
from kb.values.quote import Quote, locate

# Letters of many scripts, marks, emoji and the signs that HTML has its own ideas about.
LETTERS = "abz<>&\"'=;#é\u0301א\u05d0ب\u0651क\u093f語😀👩\u200d🚀\u00a0\u00ad\u2028\u2029\u200f\ufeff.,–"
WORD = st.text(LETTERS, min_size=1, max_size=8).filter(lambda word: not word.isspace())
WORDS = st.lists(WORD, min_size=1, max_size=6).map(" ".join)
INLINE = st.sampled_from(["b", "i", "a", "span", "em", "sup", "code", "o:p", "x-y"])
BLOCK = st.sampled_from(["p", "h1", "h2", "blockquote", "figcaption", "address", "pre", "center"])
AROUND = st.sampled_from(["div", "section", "article", "main", "ul", "details", "form", "body", "td"])
NOTHING = st.sampled_from(
    ["", " \n\t", "<!-- x -->", "<script>x</script>", "<img alt=x>", "<style>p{}</style>", "<template>x</template>"]
)


@st.composite
def phrases(draw: st.DrawFn) -> tuple[str, str]:
    """A phrase, and it as HTML with elements around some of its words."""
    words = draw(WORDS)
    coded = [html.escape(word) for word in words.split(" ")]
    at = draw(st.integers(0, len(coded) - 1))
    name = draw(INLINE)
    coded[at] = f"<{name}>{coded[at]}</{name}>"
    return words, " ".join(coded)


@st.composite
def pages(draw: st.DrawFn) -> tuple[list[str], str]:
    """The paragraphs that are meant, and a page that holds them in blocks inside blocks."""
    meant, page = [], "<!doctype html>"
    for words, coded in draw(st.lists(phrases(), min_size=1, max_size=8)):
        name, around = draw(BLOCK), draw(AROUND)
        noise = draw(NOTHING)
        page += f"{noise}<{around}><{name}>{coded}</{name}></{around}>\n"
        meant.append(words)
    return meant, page


@given(pages())
def test_each_paragraph_stands_at_its_place(made: tuple[list[str], str]) -> None:
    meant, page = made
    text = extract(page.encode()).text
    assert text == "\n\n".join(meant)
    check_text(text, where="text")
    numbered = paragraphs(text)
    assert [text[one.start : one.end] for one in numbered] == meant
    assert [one.number for one in numbered] == list(range(1, len(meant) + 1))


@given(pages(), st.data())
def test_every_quote_is_located(made: tuple[list[str], str], data: st.DataObject) -> None:
    text = extract(made[1].encode()).text
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = locate(text, Quote(text[start:end], start=start))
    assert (span.start, span.end) == (start, end)


@given(st.lists(phrases(), min_size=2, max_size=6))
def test_cells_and_breaks_divide_and_lose_nothing(made: list[tuple[str, str]]) -> None:
    row = "<table><tr><td>" + "</td> <td>".join(coded for _, coded in made) + "</td></tr></table>"
    broken = "<p>" + "<br>\n".join(coded for _, coded in made) + "</p>"
    meant = [words for words, _ in made]
    assert extract(f"<body>{row}".encode()).text == "\t".join(meant)
    assert extract(f"<body>{broken}".encode()).text == "\n".join(meant)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_whatever_is_in_a_page_the_text_can_be_kept(inside: str) -> None:
    page = f"<!doctype html><p>begin</p>{inside}".encode()
    text = extract(page).text
    assert text.startswith("begin")
    check_text(text, where="text")
    assert text.encode("utf-8").decode("utf-8") == text


@given(st.binary(max_size=400))
def test_no_bytes_break_it(data: bytes) -> None:
    text = extract(b"<!doctype html><p>begin</p>" + data).text
    assert text.startswith("begin")
    check_text(text, where="text")
