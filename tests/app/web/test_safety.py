"""What others wrote cannot become markup, a script or a link to one; and no template lets it."""

import re
from html.parser import HTMLParser

import pytest

from app.web.markdown import markdown
from app.web.said import marks, said
from app.web.templates import FOLDER, outer, passage_link
from app.web.views.quote import Quote, quote
from tests.support.tree import ROOT, modules

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "<a href='javascript:alert(1)'>x</a>",
    "![x](http://example.org/x.png)",
    "<svg onload=alert(1)>",
    "| a |\n|:-:|\n| <b onclick=x>b</b> |",
    "<style>*{display:none}</style>",
    "```\n<script>\n```",
)


class Elements(HTMLParser):
    """Elements with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markdown_holds_only_text(payload: str) -> None:
    elements = Elements()
    elements.feed(str(markdown(payload, "../")))
    for tag, attributes in elements.found:
        assert tag not in ("script", "img", "svg", "style")
        assert not any(name == "style" or name.startswith("on") for name in attributes)
        assert not str(attributes.get("href") or "").startswith(("javascript", "data"))


def test_markdown_leads_links_home_and_headings_below_the_first() -> None:
    made = str(markdown("# One\n\n[a](/method) [b](//evil.example) [c](https://example.org/)", "../"))
    assert "<h2>One</h2>" in made
    assert 'href="../method"' in made
    assert "<h1>" not in made


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "ftp://x", "//x", "", "http://[", 7])
def test_only_http_is_linked(address: object) -> None:
    assert outer(address) is None


def test_http_is_linked() -> None:
    assert outer("https://example.org/a?b#c") == "https://example.org/a?b#c"


def test_a_link_to_a_passage_holds_no_bare_word_of_it() -> None:
    made = passage_link("https://example.org/", 'a "quoted" <word>, and more & more of it than fits')
    assert made.startswith("https://example.org/#:~:text=a%20%22quoted%22%20%3Cword%3E%2C%20and")
    assert made.count("%20") == 7


def test_no_template_or_module_switches_escaping_off() -> None:
    for path in FOLDER.rglob("*.html"):
        text = path.read_text("utf-8")
        # A script is a file of ours, and never words in a page.
        scripts = re.findall(r"<script[^\n]*</script>", text)
        own = r'<script type="module" src="{{ (?:reading\.)?home }}{{ script\([a-z"]+\) }}"></script>'
        assert all(re.fullmatch(own, one) for one in scripts), path
        rest = re.sub(own, "", text)
        assert not re.search(r"\|\s*safe|autoescape|style=|<script|<style|\son[a-z]+=", rest), path
    listed = {"app/web/embed.py", "app/web/markdown.py"}
    found = {str(path) for path in modules("app") if "Markup(" in (ROOT / path).read_text("utf-8")}
    assert found == listed


def test_no_template_names_a_host() -> None:
    for path in FOLDER.rglob("*.html"):
        assert not re.search(r"(href|src)=\"(https?:|/)", path.read_text("utf-8")), path


def test_signs_that_do_not_show_are_named() -> None:
    assert marks("abc") == []
    assert marks("a\u202eb\u200bc") == ["right-to-left override", "zero width space"]


def test_words_know_their_language_and_direction() -> None:
    assert [(one.text, one.lang) for one in said({"it": "due", "en": "two", "ar": "اثنان"})] == [
        ("two", ""),
        ("اثنان", "ar"),
        ("due", "it"),
    ]
    assert said({"en": "two"})[0].foreign is False
    assert said({"en": "إفرست"})[0].foreign is True
    assert said({"en": ["over", "large"]})[0].text == "over; large"


def test_a_quote_keeps_its_bytes_whatever_stands_in_it() -> None:
    exact = "a\u202eb <i>c</i> & “d”\n e"
    target = {
        "source": "x",
        "selector": [
            {
                "@type": "TextQuoteSelector",
                "exact": exact,
                "language": "en",
                "prefix": "cut off here ",
                "suffix": " and so on, cut",
            }
        ],
    }
    made = quote(target, "recorded")
    assert made.exact == exact
    assert (made.before, made.after) == ("… off here ", " and so on, …")
    assert Quote("x", "recorded", "e", prefix="字" * 32).before == "…" + "字" * 32
    assert [Quote("x", "recorded", words).right_to_left for words in ("“إفرست” abc", "abc إفرست", "12 שלום")] == [
        True,
        False,
        True,
    ]
    assert Quote("x", "verified", "e", prefix="from the start ", start=15).before == "from the start "
