"""A version in a list of versions: what it is, what it says in one line, and the replies that stand beside it."""

from typing import Any

from app.web import links
from kb.documents.label import short_replies
from kb.log.read import Edition
from kb.projections.catalogue.rows import Listed, listed


def replies_beside(edition: Edition, newest: Listed | None) -> str:
    """The short form of each reply: those of the version, then those that only the record's newest row has.

    A reply that came later stands beside an allegation that is told again.
    """
    own = dict.fromkeys(short for _, short in short_replies(edition.document["mainEntity"]))
    later = (newest.replies or "") if newest else ""
    return " ".join([*(short for short in own if short not in later), *([later] if later else [])])


def version_json(edition: Edition, base: str) -> dict[str, Any]:
    """A version as JSON has it in histories, in comparisons and in the ledger of corrections.

    Of one whose content was removed there is what stands in its leaf, and `removed`.
    """
    known = {
        "version": edition.version,
        "address": base + links.version(edition.address, edition.version),
        "issued": edition.issued,
        "change": edition.change,
        "digest": edition.digest,
        "leaf_hash": edition.leaf_hash,
    }
    if edition.removed:
        return known | {"note": None, "line": None, "reviewed": None, "removed": True}
    return known | {
        "note": edition.document.get("changeNote"),
        "line": listed(edition).line,
        "reviewed": edition.document["reviewed"],
    }
