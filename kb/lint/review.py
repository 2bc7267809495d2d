"""One ClaimReview as a whole: what it must have, and who made it."""

import re
from urllib.parse import urldefrag, urlsplit

from kb.lint import review_rules as rules
from kb.lint.faults import Faults
from kb.lint.find import Found
from kb.lint.item import PARTIES, check_item, check_same_as
from kb.lint.kinds import check_type, kind_of, lack_of, text_of
from kb.lint.nodes import Node
from kb.lint.page import Page
from kb.lint.rating import check_rating
from kb.lint.schema import is_a, prop
from kb.lint.texts import check_values, day_of
from kb.values.prose import shown

# Of Google: what is shown whole on a telephone.
CLAIM_LENGTH = 75
# Two long sentences; what is longer is no summary.
PASSAGE_LENGTH = 300


def check_review(review: Node, found: Found, page: Page | None, faults: Faults) -> None:
    _check_claim(review, faults)
    _check_url(review, page, faults)
    rating, item = prop(review, "reviewRating"), prop(review, "itemReviewed")
    if (lack := lack_of(rating)) or rating is None:
        _missing(review, rating, "reviewRating", lack, faults)
    else:
        for one in _parts(rating, found, faults):
            check_rating(one, faults)
    if (lack := lack_of(item)) or item is None:
        place = item or review
        faults.add(rules.ITEM_MISSING, place.at, place.path, lack=lack)
    else:
        for one in _parts(item, found, faults):
            check_item(review, one, found, faults)
    _check_reviewers(review, found, faults)
    _check_dates(review, found, faults)
    check_values(review, faults)
    _check_language(review, page, faults)


def _parts(node: Node, found: Found, faults: Faults) -> list[Node]:
    """What stands here or is referred to; the values of what stands elsewhere are looked at once."""
    parts = []
    for one in node.each():
        meant = found.meant(one)
        if found.is_new(one, meant):
            check_values(meant, faults)
        parts.append(meant)
    return parts


def _missing(review: Node, node: Node | None, name: str, lack: str, faults: Faults) -> None:
    place = node or review
    faults.add(rules.MISSING, place.at, place.path, name=name, lack=lack)


def _check_claim(review: Node, faults: Faults) -> None:
    claim = prop(review, "claimReviewed")
    if (lack := lack_of(claim)) or claim is None:
        _missing(review, claim, "claimReviewed", lack, faults)
        return
    text = text_of(claim)
    if text is None:
        faults.add(rules.NOT_TEXT, claim.at, claim.path, name="claimReviewed", kind=kind_of(claim))
        return
    text = text.strip()
    lines = len([line for line in text.splitlines() if line.strip()])
    if len(text) > PASSAGE_LENGTH or lines > 1:
        counted = "one line" if lines == 1 else f"{lines} lines"
        faults.add(rules.CLAIM_PASSAGE, claim.at, claim.path, length=len(text), lines=counted)
    elif len(text) > CLAIM_LENGTH:
        faults.add(rules.CLAIM_LONG, claim.at, claim.path, length=len(text))
    verdict = text_of(prop(prop(review, "reviewRating") or review, "alternateName")) or ""
    if verdict and re.match(rf"{re.escape(verdict[:100].lower())}\s*[:\u2013\u2014-]\s", text.lower()):
        faults.add(rules.CLAIM_JUDGES, claim.at, claim.path)


def _check_url(review: Node, page: Page | None, faults: Faults) -> None:
    url = prop(review, "url")
    if (lack := lack_of(url)) or url is None:
        _missing(review, url, "url", lack, faults)
        return
    text = text_of(url)
    if text is None:
        faults.add(rules.NOT_TEXT, url.at, url.path, name="url", kind=kind_of(url))
    elif page is not None and page.canonical and (host := _host(text)) and (home := _host(page.canonical)):
        if not _related(host, home):
            faults.add(rules.URL_ELSEWHERE, url.at, url.path, host=shown(host), page=shown(home))
        elif urldefrag(text.strip()).url.rstrip("/") != urldefrag(page.canonical).url.rstrip("/"):
            faults.add(rules.URL_NOT_CANONICAL, url.at, url.path, page=shown(page.canonical, 200))


def _related(host: str, home: str) -> bool:
    """Google takes the page's own domain and what is below it; `www.` is no other domain."""
    bare = home.removeprefix("www.")
    return host.removeprefix("www.") == bare or host.endswith(f".{bare}")


def _host(address: str) -> str:
    try:
        return (urlsplit(address.strip()).hostname or "").lower()
    except ValueError:
        return ""


def _check_reviewers(review: Node, found: Found, faults: Faults) -> None:
    author = prop(review, "author")
    if (lack := lack_of(author)) or author is None:
        place = author or review
        faults.add(rules.REVIEWER_MISSING, place.at, place.path, lack=lack)
        return
    claimants = _claimants(review, found)
    url = (text_of(prop(review, "url")) or "").strip()
    for one in _parts(author, found, faults):
        if not one.members():
            wanted = "an Organization or a Person"
            faults.add(rules.NOT_OBJECT, one.at, one.path, name="author", kind=kind_of(one), wanted=wanted)
            continue
        check_type(one, "author", faults, *PARTIES)
        lacking = [name for name in ("name", "url") if lack_of(prop(one, name))]
        if len(lacking) > 1:
            faults.add(rules.REVIEWER_UNNAMED, one.at, one.path)
        elif lacking:
            faults.add(rules.REVIEWER_BARE, one.at, one.path, name=lacking[0])
        if is_a(one, "Person"):
            faults.add(rules.REVIEWER_PERSON, one.at, one.path)
        if (who := _who(one)) and who in claimants:
            faults.add(rules.REVIEWER_CLAIMS, one.at, one.path, who=shown(who))
        check_same_as(one, faults, review=url)


def _claimants(review: Node, found: Found) -> set[str]:
    items = [found.meant(one) for one in (prop(review, "itemReviewed") or Node(0, 0)).each()]
    authors = [found.meant(one) for item in items for one in (prop(item, "author") or Node(0, 0)).each()]
    return {_who(one) for one in authors} - {""}


def _who(party: Node) -> str:
    return (text_of(prop(party, "name")) or "").strip().casefold()


def _check_dates(review: Node, found: Found, faults: Faults) -> None:
    published = prop(review, "datePublished")
    if (lack := lack_of(published)) or published is None:
        place = published or review
        faults.add(rules.DATE_MISSING, place.at, place.path, lack=lack)
        return
    day = day_of(text_of(published) or "")
    for item in map(found.meant, (prop(review, "itemReviewed") or Node(0, 0)).each()):
        claimed = prop(item, "datePublished")
        earlier = day_of(text_of(claimed) or "")
        if claimed is not None and day and earlier and earlier > day:
            faults.add(rules.CLAIM_LATER, claimed.at, claimed.path, claim=earlier, review=day)


def _check_language(review: Node, page: Page | None, faults: Faults) -> None:
    node = prop(review, "inLanguage")
    text = text_of(node)
    if page is None or not page.language or node is None or not text:
        return
    if _primary(text) != _primary(page.language):
        faults.add(rules.OTHER_LANGUAGE, node.at, node.path, value=shown(text), page=shown(page.language))


def _primary(tag: str) -> str:
    return tag.strip().lower().replace("_", "-").partition("-")[0]
