"""Passages as targets of Web Annotation: source, snapshot, words and place as far as they are known."""

from collections.abc import Mapping

from kb.desk.tables import Passage
from kb.publish.compile.names import Names
from kb.publish.compile.shapes import Node, present


def target(names: Names, part: str, passage: Passage, snapshots: Mapping[int, int]) -> Node:
    """`part` is the fragment of what the passage belongs to; `snapshots` gives the numbers of snapshots by row."""
    source = names.of("source", passage.source_id)
    return present(
        {
            "@id": names.part(f"{part}-target"),
            "@type": "SpecificResource",
            "source": source,
            "state": _state(names, part, passage, snapshots),
            "textSha256": passage.text_sha256,
            "selector": [one for one in (_quote(names, part, passage), _position(names, part, passage)) if one],
        }
    )


def _state(names: Names, part: str, passage: Passage, snapshots: Mapping[int, int]) -> Node | None:
    if passage.snapshot_id is None:
        return None
    cached = Names(names.base, f"sources/{passage.source_id}").part(f"snapshot-{snapshots[passage.snapshot_id]}")
    return {"@id": names.part(f"{part}-state"), "@type": "TimeState", "cachedSource": cached}


def _quote(names: Names, part: str, passage: Passage) -> Node | None:
    if passage.exact is None:
        return None
    return present(
        {
            "@id": names.part(f"{part}-quote"),
            "@type": "TextQuoteSelector",
            "exact": passage.exact,
            "language": passage.language,
            # At the beginning or end of a text there is nothing before or after the quote.
            "prefix": passage.prefix or None,
            "suffix": passage.suffix or None,
            "segment": passage.segment,
            "occurrence": passage.occurrence,
            "occurrences": passage.occurrences,
        }
    )


def _position(names: Names, part: str, passage: Passage) -> Node | None:
    if passage.start_at is None or passage.exact is None:
        return None
    return {
        "@id": names.part(f"{part}-position"),
        "@type": "TextPositionSelector",
        "start": passage.start_at,
        "end": passage.end_at,
    }
