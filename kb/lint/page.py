"""An HTML page: its script elements of JSON-LD, each with its place in the file, and what else it says of itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree, html

from kb.lint import json_rules as rules
from kb.lint.faults import Faults

SCRIPTS = 1_000
_JSONLD = re.compile(r"\s*application/ld\+json\s*(;.*)?", re.IGNORECASE | re.DOTALL)
# What the parser would drop or change, so that its texts are found again; NUL would end the page.
_SAME_LENGTH = {code: " " for code in range(32) if code not in (9, 10)} | dict.fromkeys((0, 0xFFFE, 0xFFFF), "\ufffd")
_START = re.compile(r"<script\b[^>]{0,500}ld\+json[^>]{0,500}>", re.IGNORECASE)
_END = re.compile("</script", re.IGNORECASE)
_OTHER = re.compile(r"(?:^|[\s/:])ClaimReview(?:\s|$)")


@dataclass(slots=True)
class Page:
    """`scripts` are spans of the text, inside of the elements; `other` names a ClaimReview in another syntax."""

    scripts: list[tuple[int, int]] = field(default_factory=list)
    canonical: str = ""
    language: str = ""
    other: str = ""


def is_page(text: str) -> bool:
    return text.lstrip("\ufeff\x00 \t\r\n")[:1] == "<"


def read_page(text: str, faults: Faults) -> Page:
    """lxml says which elements there are; where each stands is looked up in the text from its line on."""
    page = Page()
    text = text.translate(_SAME_LENGTH)
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.LxmlError:
        # There is not one element in it.
        return page
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        faults.add(rules.PAGE_CUT, None, why="is nested too deeply")
    for element in root.iter("html", "link", "script"):
        if element.tag == "html":
            page.language = page.language or element.get("lang", "") or element.get("xml:lang", "")
        elif element.tag == "link":
            if "canonical" in element.get("rel", "").lower().split():
                page.canonical = page.canonical or element.get("href", "").strip()
        elif _JSONLD.fullmatch(element.get("type", "")):
            if len(page.scripts) == SCRIPTS:
                faults.add(rules.PAGE_CUT, None, why=f"has more than {SCRIPTS} script elements of JSON-LD")
                break
            page.scripts.append(_place(text, element, page.scripts, faults))
    page.other = next(_others(root), "")
    return page


def _place(text: str, element: html.HtmlElement, before: list[tuple[int, int]], faults: Faults) -> tuple[int, int]:
    inside, line = element.text or "", element.sourceline
    start = max(before[-1][1] if before else 0, faults.line_start(line if isinstance(line, int) else 1))
    found = text.find(inside, start) if inside.strip() else -1
    if found >= 0:
        return found, found + len(inside)
    # An empty element: between its tags.
    opened = _START.search(text, start)
    begin = opened.end() if opened else start
    closed = _END.search(text, begin)
    return begin, closed.start() if closed else len(text)


def _others(root: html.HtmlElement) -> Iterator[str]:
    for element in root.iter(etree.Element):
        if _OTHER.search(element.get("itemtype") or ""):
            yield "microdata"
        if _OTHER.search(element.get("typeof") or ""):
            yield "RDFa"
