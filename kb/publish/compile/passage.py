"""A passage as an edition says it: source, words, place and the text it was found in."""

from kb.desk.tables import Passage, Snapshot
from kb.publish.compile.known import Known
from kb.publish.compile.words import Node, whole


def target(page: str, part: str, row: Passage, snapshots: dict[int, Snapshot], known: Known) -> Node:
    """The target of the part, as `#evidence-3-target`; what nobody read has a source and no words."""
    return whole(
        {
            "@id": f"{page}#{part}-target",
            "@type": "SpecificResource",
            "source": known.source(row.source_id),
            "textSha256": row.text_sha256,
            "state": _state(page, part, row, snapshots, known),
            "selector": _selectors(page, part, row),
        }
    )


def _state(page: str, part: str, row: Passage, snapshots: dict[int, Snapshot], known: Known) -> Node | None:
    if row.snapshot_id is None:
        return None
    snapshot = f"{known.page('source', row.source_id)}#snapshot-{snapshots[row.snapshot_id].number}"
    return {"@id": f"{page}#{part}-state", "@type": "TimeState", "cachedSource": snapshot}


def _selectors(page: str, part: str, row: Passage) -> list[Node]:
    if row.exact is None:
        return []
    quote = {
        "@id": f"{page}#{part}-quote",
        "@type": "TextQuoteSelector",
        "exact": row.exact,
        "language": row.language,
        "prefix": row.prefix,
        "suffix": row.suffix,
        "segment": row.segment,
        "occurrence": row.occurrence,
        "occurrences": row.occurrences,
    }
    if row.start_at is None:
        return [whole(quote)]
    place = {
        "@id": f"{page}#{part}-position",
        "@type": "TextPositionSelector",
        "start": row.start_at,
        "end": row.end_at,
    }
    return [whole(quote), place]
