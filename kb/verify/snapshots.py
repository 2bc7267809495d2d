"""Held snapshots against their hashes, and verified quotes located again in the held text."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from kb.blobs import Blobs
from kb.errors import Problem
from kb.log.chain import Fault
from kb.log.read import Edition

TEXTS = 8


class Snapshots:
    """Looks at the held bytes that editions name. What is broken is named once, by the first edition that names it."""

    def __init__(self, blobs: Blobs) -> None:
        self.blobs = blobs
        self.held: set[str] = set()
        self._looked_at: dict[str, bool] = {}
        self._text = lru_cache(maxsize=TEXTS)(self._read)

    def check(self, edition: Edition, document: Mapping[str, Any]) -> Iterator[Fault]:
        """Snapshots that a source says are held, and quotes that a claim says are verified."""
        entity = document["mainEntity"]
        for snapshot in entity.get("snapshots", ()):
            if snapshot["holding"] == "held":
                yield from self._snapshot(edition, snapshot)
        for target, sha256 in _verified(entity):
            yield from self._quote(edition, target, sha256)

    def _snapshot(self, edition: Edition, snapshot: Mapping[str, Any]) -> Iterator[Fault]:
        where, sha256, text = _part(snapshot), snapshot["sha256"], snapshot["textSha256"]
        if sha256 in self.held:
            return
        self.held.add(sha256)
        for name in dict.fromkeys((sha256, text)):
            yield from self._bytes(edition, name, where)
        if self._looked_at[sha256] and len(self.blobs.get(sha256)) != snapshot["byteSize"]:
            yield _fault(edition, f"{where}/byteSize", "The held bytes are not as many as the document says.")
        words = self._text(text) if self._looked_at[text] else None
        if words is not None and len(words) != snapshot.get("characters", len(words)):
            yield _fault(edition, f"{where}/characters", "The held text is not as long as the document says.")

    def _quote(self, edition: Edition, target: Mapping[str, Any], sha256: str | None) -> Iterator[Fault]:
        if sha256 is None:
            yield _fault(edition, _part(target), "A verified quote does not say in which text.")
            return
        yield from self._bytes(edition, sha256, _part(target))
        if self._looked_at[sha256] and (problem := _misplaced(self._text(sha256), target["selector"])):
            yield _fault(edition, _part(target), problem)

    def _bytes(self, edition: Edition, sha256: str, where: str) -> Iterator[Fault]:
        if sha256 in self._looked_at:
            return
        self._looked_at[sha256] = True
        try:
            self.blobs.get(sha256)
        except Problem as error:
            self._looked_at[sha256] = False
            yield _fault(edition, f"{where}/{sha256}", f"The snapshot is broken: {error.what}.")

    def _read(self, sha256: str) -> str | None:
        try:
            return self.blobs.get(sha256).decode("utf-8")
        except UnicodeDecodeError:
            return None


def _verified(entity: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], str | None]]:
    """Passages of verified quotes with the hash of their text; other places are in the same text as the first."""
    for key in ("appearances", "evidence", "searches"):
        for part in entity.get(key, ()):
            if part.get("quoteState") == "verified":
                sha256 = part["target"].get("textSha256")
                yield part["target"], sha256
                for place in part.get("otherPlaces", ()):
                    yield place, place.get("textSha256", sha256)


def _misplaced(text: str | None, selectors: list[Mapping[str, Any]]) -> str | None:
    """Why the quote does not stand in the text where the document says, or None where it does."""
    if text is None:
        return "The held text is not UTF-8."
    quote = next((one for one in selectors if "exact" in one), None)
    place = next((one for one in selectors if "start" in one), None)
    if quote is None or place is None:
        return "A verified quote has no words or no place."
    start, end = place["start"], place["end"]
    if text[start:end] != quote["exact"]:
        return f"The quote does not stand at {start} to {end} of the held text."
    if not text[:start].endswith(quote.get("prefix", "")) or not text[end:].startswith(quote.get("suffix", "")):
        return f"What stands before or after the quote at {start} is not what the document says."
    return None


def _part(node: Mapping[str, Any]) -> str:
    return str(node["@id"]).rpartition("#")[2]


def _fault(edition: Edition, where: str, problem: str) -> Fault:
    return Fault(edition.record, edition.version, where, problem)
