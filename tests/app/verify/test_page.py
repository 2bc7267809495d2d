"""A page read as text: what is seen, in which language, and what is not seen by anybody."""

from app.verify.page import read_page, tidy
from app.verify.prose import blocks

HTML = """<!doctype html><html lang="en"><head><title>Not read</title>
<script type="application/ld+json">{"not": "read"}</script></head><body>
<p title="not read">One <b>whole</b>
 sentence, <span lang="fr">trois <i>mots</i></span><span lang="de">vier</span> and on.<!-- not read --></p>
<p>A<br>B &lt;c&gt; &amp; d\u00a0e \u202eturned\u202c</p><p hidden>not read</p><p class="a onpaper b">not read</p>
<p class="cite">not read</p>
<template>not read</template><noscript>not read</noscript><script>not read</script><style>not read</style>
<p lang="ar" dir="auto">كلمات <span lang="en">back</span></p>
<a href="../x?from=31#y">link</a><a>none</a></body></html>"""


def test_what_is_seen_is_text_and_what_is_not_is_none() -> None:
    page = read_page(HTML.encode())
    assert "not read" not in page.whole.lower()
    assert "One whole sentence, trois motsvier and on." in page.whole
    assert "B <c> & d e \u202eturned\u202c" in page.whole
    assert page.links == ("../x?from=31#y",)
    assert "one whole sentence" in page.loose


def test_words_are_known_by_the_language_they_are_marked_with() -> None:
    page = read_page(HTML.encode())
    assert {"en", "fr", "de", "ar"} == set(page.by_language)
    assert (page.by_language["fr"], page.by_language["de"], page.by_language["ar"]) == ("trois mots", "vier", "كلمات")
    # Words of two stretches are no words in a row.
    assert "sentence, and on" not in page.by_language["en"]
    assert "back" in page.by_language["en"]


def test_what_is_no_page_has_no_text() -> None:
    assert read_page(b"plain").whole == "plain"
    assert read_page(b"<!doctype html><html><head><title>x</title></head></html>").whole == ""
    assert read_page("é".encode()).whole == "é"


def test_blanks_of_every_kind_are_one() -> None:
    assert tidy("  a\n\tb\u00a0\u202f c ") == "a b c"


def test_markdown_is_read_block_by_block() -> None:
    text = (
        "# Head *and* `code`\n\n"
        "One [link](/x)\nline  \nbroken &amp; <b>raw</b> ![picture](p.png).\n\n- item\n1. first\n"
        "\n> said\n\n| a | b |\n|---|---|\n| c | **d** |\n\n```\nas  it\n  stands\n```\n\n---\n"
    )
    assert [tidy(block) for block in blocks(text)] == [
        "Head and code",
        "One link line broken & <b>raw</b> .",
        "item",
        "first",
        "said",
        "a",
        "b",
        "c",
        "d",
        "as it stands",
    ]
