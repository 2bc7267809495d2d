"""Names of schema.org: types however they are written, properties, and what a context makes of them."""

from rdflib import SDO

from kb.lint.nodes import Node

_PREFIXES = ("https://schema.org/", "http://schema.org/", "schema:")
_CONTEXTS = frozenset(
    f"{scheme}://{www}schema.org{end}"
    for scheme in ("http", "https")
    for www in ("", "www.")
    for end in ("", "/", "/docs/jsonldcontext.json", "/docs/jsonldcontext.jsonld")
)
# What schema.org has taken in since the list that rdflib brings, of what a review or its parts may have.
_NEWER = frozenset({"digitalSourceType", "hasCertification", "displayLocation", "agentInteractionStatistic"})
# Its context has these for `@type` and `@id`.
_ALIASES = ("type", "id")
_LOWER = {name.lower(): name for name in ("ClaimReview", "Claim", "Rating", "Organization", "Person", "CreativeWork")}
PROPERTIES = (
    *("claimReviewed", "reviewRating", "itemReviewed", "datePublished", "dateModified", "author", "publisher"),
    *("url", "name", "alternateName", "ratingValue", "bestRating", "worstRating", "ratingExplanation"),
    *("appearance", "firstAppearance", "sameAs", "inLanguage", "image", "logo"),
)
_LOWER_PROPERTIES = {name.lower(): name for name in PROPERTIES}
# Properties that many write and schema.org has not, or has on other types alone.
_MISPLACED = {"claimReviewSiteLogo": "author.logo", "title": "jobTitle"}


def types(node: Node) -> list[str]:
    """The types as they are written, without what stands for schema.org."""
    found = node.get("@type") or node.get("type")
    if found is None:
        return []
    names = [one.value for one in found.each() if isinstance(one.value, str)]
    return [_bare(name) for name in names]


def _bare(name: str) -> str:
    return next((name.removeprefix(prefix) for prefix in _PREFIXES if name.startswith(prefix)), name)


def prop(node: Node, name: str) -> Node | None:
    """The value of a property, by its bare name, with what stands for schema.org before it, or with wrong capitals."""
    if found := next((found for prefix in ("", *_PREFIXES) if (found := node.get(prefix + name))), None):
        return found
    return next((member for given, member in node.members().items() if right_property(given) == name), None)


def is_a(node: Node, *names: str) -> bool:
    return any(one in names for one in types(node))


def right_type(name: str) -> str | None:
    """The type that was meant, where only its capitals are wrong."""
    meant = _LOWER.get(name.lower())
    return meant if meant != name else None


def right_property(name: str) -> str | None:
    """The property that was meant, where its capitals are wrong or it belongs elsewhere; None where it is right."""
    bare = _bare(name)
    meant = _LOWER_PROPERTIES.get(bare.lower())
    return meant if meant and meant != bare else None


def misplaced(name: str, node: Node) -> str | None:
    if name == "title" and not is_a(node, "Person"):
        return None
    return _MISPLACED.get(name)


def is_property(name: str) -> bool:
    """Whether schema.org knows it; keywords and names of other vocabularies are none of its business."""
    return name.startswith("@") or ":" in name or name in _ALIASES or name in _NEWER or name in SDO


def is_schema_org(context: Node) -> bool:
    """Whether one of these contexts is that of schema.org."""
    for one in context.each():
        # `@vocab`, or a prefix of one's own.
        for said in (one, *one.members().values()):
            if isinstance(said.value, str) and said.value.strip() in _CONTEXTS:
                return True
    return False
