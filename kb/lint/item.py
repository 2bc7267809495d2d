"""What a review reviews: the claim, who claims it, when, and where it stands."""

from collections.abc import Set

from kb.lint import review_rules as rules
from kb.lint.crowd import is_crowd
from kb.lint.faults import Faults
from kb.lint.find import Found
from kb.lint.kinds import check_type, kind_of, lack_of, text_of
from kb.lint.nodes import Node
from kb.lint.schema import is_a, prop, right_type, types
from kb.values.prose import shown

# Types of works that the first form of ClaimReview had here, and many pages have still.
_WORKS = ("CreativeWork", "Article", "NewsArticle", "SocialMediaPosting", "VideoObject", "ImageObject", "WebPage")
PARTIES = ("Organization", "Person", "NewsMediaOrganization", "GovernmentOrganization", "Corporation", "NGO")


def check_item(review: Node, item: Node, found: Found, faults: Faults) -> None:
    if not item.members():
        kind = kind_of(item)
        faults.add(rules.NOT_OBJECT, item.at, item.path, name="itemReviewed", kind=kind, wanted="a Claim")
        return
    old = is_a(item, *_WORKS) and not is_a(item, "Claim")
    if old:
        faults.add(rules.ITEM_OLD, item.at, item.path, given=shown(types(item)[0]))
    else:
        check_type(item, "itemReviewed", faults, "Claim")
    _check_claimants(item, found, faults)
    if prop(item, "datePublished") is None:
        faults.add(rules.CLAIM_DATE_MISSING, item.at, item.path)
    if not old:
        _check_appearances(item, found, faults)
    check_same_as(item, faults, review=_address(review), appearances=_appearances(item, found))


def _check_claimants(item: Node, found: Found, faults: Faults) -> None:
    author = prop(item, "author")
    if lack_of(author) or author is None:
        faults.add(rules.CLAIMANT_MISSING, item.at, item.path)
        return
    for one in map(found.meant, author.each()):
        if not one.members():
            kind = kind_of(one)
            wanted = "an Organization or a Person"
            faults.add(rules.NOT_OBJECT, one.at, one.path, name="The author of the claim", kind=kind, wanted=wanted)
            continue
        check_type(one, "The author of the claim", faults, *PARTIES)
        name = text_of(prop(one, "name"))
        if not (name or "").strip():
            faults.add(rules.CLAIMANT_UNNAMED, one.at, one.path)
        elif is_crowd(name or "", is_a(one, "Person") or right_type((types(one) or [""])[0]) == "Person"):
            given = shown(types(one)[0]) if types(one) else "author"
            faults.add(rules.CLAIMANT_CROWD, one.at, one.path, name=shown(name or ""), given=given)


def _appearances(item: Node, found: Found) -> set[str]:
    """The addresses of the works in which it stands."""
    addresses = set()
    for name in ("appearance", "firstAppearance"):
        for one in (prop(item, name) or Node(0, 0)).each():
            addresses.add(one.value if isinstance(one.value, str) else _address(found.meant(one)))
    return addresses - {""}


def _check_appearances(item: Node, found: Found, faults: Faults) -> None:
    given = [node for name in ("appearance", "firstAppearance") if (node := prop(item, name)) and not lack_of(node)]
    if not given:
        faults.add(rules.NO_APPEARANCE, item.at, item.path)
    for one in (found.meant(each) for node in given for each in node.each()):
        if isinstance(one.value, str):
            continue
        if not one.members():
            kind = kind_of(one)
            wanted = "an address or a work"
            faults.add(rules.NOT_OBJECT, one.at, one.path, name="appearance", kind=kind, wanted=wanted)
        elif all(lack_of(prop(one, name)) for name in ("url", "@id", "name", "headline")):
            faults.add(rules.BARE_APPEARANCE, one.at, one.path)


def check_same_as(node: Node, faults: Faults, *, review: str, appearances: Set[str] = frozenset()) -> None:
    """sameAs of a claim or of a party, held against what it cannot be."""
    for one in (prop(node, "sameAs") or Node(0, 0)).each():
        if not isinstance(one.value, str) or not one.value:
            continue
        if one.value == review:
            faults.add(rules.SAME_AS, one.at, one.path, what="the address of the review")
        elif one.value in appearances:
            faults.add(rules.SAME_AS, one.at, one.path, what="the address of a work in which the claim stands")


def _address(node: Node) -> str:
    return (text_of(prop(node, "url")) or "").strip()
