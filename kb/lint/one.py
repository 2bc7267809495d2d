"""One file's bytes, linted: a page or bare JSON, by what it begins with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.lint import json_rules as rules
from kb.lint.decode import decode
from kb.lint.faults import Faults
from kb.lint.find import find
from kb.lint.nodes import Node
from kb.lint.page import Page, is_page, read_page
from kb.lint.review import check_review
from kb.lint.scan import Scanner
from kb.lint.together import Seen, check_together

_MENTION = re.compile("claim_?review", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Linted:
    """`name` is the file's, fit to be shown."""

    name: str
    reviews: int
    faults: Faults


def lint_bytes(name: str, raw: bytes, seen: Seen, *, expected: bool = True) -> Linted:
    """`expected` is whether it is a fault that there is no ClaimReview; of a site's other files it is none."""
    text, faults = decode(raw)
    if not expected and not _MENTION.search(text):
        return Linted(name, 0, Faults(""))
    page = read_page(text, faults) if is_page(text) else None
    roots = [root for root in _roots(text, page, faults) if root is not None]
    found = find(roots, faults)
    for review in found.reviews:
        check_review(review, found, page, faults)
    check_together(found.reviews, name, seen, faults, page=page is not None)
    if not found.reviews:
        if page is not None and page.other:
            faults.add(rules.OTHER_SYNTAX, None, syntax=page.other)
        elif expected and not faults.counts:
            faults.add(rules.NONE, None)
    return Linted(name, len(found.reviews), faults)


def _roots(text: str, page: Page | None, faults: Faults) -> Iterator[Node | None]:
    if page is None:
        yield Scanner(text, faults).read()
        return
    for start, end in page.scripts:
        inside = text[start:end]
        # What a page says of other things is not looked at, but a review may refer to it.
        told = faults if _MENTION.search(inside) or not inside.strip() else Faults("")
        yield Scanner(inside, told, start).read()
