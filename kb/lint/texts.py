"""What holds for every value of a ClaimReview: texts, dates, addresses, language tags, names of properties."""

import re
from datetime import date, datetime

import regex

from kb.errors import Refused
from kb.lint import review_rules as rules
from kb.lint.faults import Faults
from kb.lint.nodes import Node
from kb.lint.schema import is_a, is_property, misplaced, right_property, right_type, types
from kb.values.prose import check_iri, check_language, shown

_DATE = re.compile(
    r"(?P<year>[0-9]{4})(-(?P<month>[0-9]{2})(-(?P<day>[0-9]{2}))?)?"
    r"(T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,9})?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?)?"
)
_DATES = frozenset({"datePublished", "dateModified", "dateCreated"})
_ADDRESSES = frozenset({"url", "sameAs", "contentUrl", "thumbnailUrl", "appearance", "firstAppearance"})
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,15}(\s[^<>]{0,200})?/?>")
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,10}|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});")
# Codes of ISO 15924 for what Unicode counts as no script of its own.
_SCRIPTS = re.compile("aran|brai|cyrs|han[st]|jpan|kore|lat[fg]|syr[ejn]|zmth|zsy[em]|zxxx|zzzz|qa[a-b][a-x]")
_LOOKED_AT = ("ClaimReview", "Claim", "Rating", "Person", "Organization")
# A date before it is one that a program filled in.
_FIRST_YEAR = 1000


def check_values(review: Node, faults: Faults) -> None:
    """Every value of a review; another review within it is looked at by itself."""
    todo = [review]
    while todo:
        node = todo.pop()
        if node.members():
            _check_names(node, faults)
        below = node.value.values() if isinstance(node.value, dict) else node.value
        if isinstance(below, str):
            _check_text(node, below, faults)
        elif below and not isinstance(below, bool) and hasattr(below, "__iter__"):
            todo += [one for one in below if not is_a(one, "ClaimReview")]


def _check_names(node: Node, faults: Faults) -> None:
    for given in types(node):
        known = right_type(given)
        if known and known != "ClaimReview":
            place = node.get("@type") or node
            faults.add(rules.TYPE_CASE, place.at, place.path, given=shown(given), known=known)
    looked_at = is_a(node, *_LOOKED_AT)
    for name, member in node.members().items():
        if known := right_property(name):
            faults.add(rules.PROPERTY_CASE, member.name_at, member.path, given=shown(name), known=known)
        elif looked_at and (known := misplaced(name, node)):
            faults.add(rules.MISPLACED, member.name_at, member.path, given=name, known=known)
        elif looked_at and not is_property(name):
            faults.add(rules.UNKNOWN, member.name_at, member.path, given=shown(name))


def _check_text(node: Node, text: str, faults: Faults) -> None:
    name = _name(node)
    if not text.strip():
        # What is required is missed by its own rule.
        if not (name in ("claimReviewed", "alternateName", "url") and _of_the_review(node)):
            faults.add(rules.EMPTY, node.at, node.path, name=shown(name))
        return
    if name in _DATES:
        check_date(node, text, faults)
    elif name in _ADDRESSES:
        check_address(node, text, faults)
    elif name == "inLanguage":
        _check_language(node, text, faults)
    elif not name.startswith("@"):
        _check_prose(node, text, faults)


def _of_the_review(node: Node) -> bool:
    above = node.parent
    return above is not None and (is_a(above, "ClaimReview") or above.key == "reviewRating")


def _name(node: Node) -> str:
    """The property whose value this is, also where it is one of a list or has a language."""
    above: Node | None = node
    while above is not None and (not isinstance(above.key, str) or above.key in ("@value", "@list", "@set")):
        above = above.parent
    return str(above.key) if above is not None else "value"


def _check_prose(node: Node, text: str, faults: Faults) -> None:
    name = shown(_name(node))
    if text != text.strip():
        faults.add(rules.SPACED, node.at, node.path, name=name)
    if found := _TAG.search(text):
        faults.add(rules.TAGGED, node.at, node.path, name=name, tag=shown(found[0]))
    if found := _ENTITY.search(text):
        faults.add(rules.ENTITIES, node.at, node.path, name=name, entity=found[0])


def check_address(node: Node, text: str, faults: Faults) -> None:
    name = shown(_name(node))
    try:
        check_iri(text.strip(), where="")
    except Refused as refused:
        faults.add(rules.BAD_ADDRESS, node.at, node.path, name=name, why=refused.what)
        return
    if text != text.strip():
        faults.add(rules.SPACED, node.at, node.path, name=name)
    if "&amp;" in text:
        faults.add(rules.ENTITIES, node.at, node.path, name=name, entity="&amp;")


def check_date(node: Node, text: str, faults: Faults) -> None:
    name = _name(node)
    found = _DATE.fullmatch(text)
    if (year := re.match("([0-9]{4})-", text)) and int(year[1]) < _FIRST_YEAR:
        faults.add(rules.OLD_DATE, node.at, node.path, name=name, value=shown(text))
    elif found is None or not _exists(found, text):
        faults.add(rules.BAD_DATE, node.at, node.path, name=name, value=shown(text))


def _exists(found: re.Match[str], text: str) -> bool:
    try:
        if found["day"] is None:
            return "T" not in text and date(int(found["year"]) or 1, int(found["month"] or 1), 1) is not None
        datetime.fromisoformat(text.replace(",", "."))
    except ValueError:
        return False
    return True


def day_of(text: str) -> str | None:
    """The day of a date that is whole, for comparing; None where it is none."""
    return text[:10] if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None


def _check_language(node: Node, text: str, faults: Faults) -> None:
    tag = text.lower()
    try:
        check_language(tag, where="")
    except Refused:
        faults.add(rules.BAD_LANGUAGE, node.at, node.path, value=shown(text), why="it has not the form of one")
        return
    for part in tag.split("-")[1:]:
        if len(part) == 1:
            break
        if len(part) == 4 and part.isalpha() and not _is_script(part):
            faults.add(rules.BAD_LANGUAGE, node.at, node.path, value=shown(text), why=f"there is no script {part}")


def _is_script(code: str) -> bool:
    """Unicode's own list, as the regex library has it, and codes that stand for several scripts or none."""
    if _SCRIPTS.fullmatch(code):
        return True
    try:
        regex.compile(rf"\p{{Script={code}}}")
    except regex.error:
        return False
    return True
