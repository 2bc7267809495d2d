"""What became of each term and each list since it was first published: `history.jsonl`, a line for each change.

A line with `date` and no `term` begins a version of the vocabulary; the lines of its terms follow. `digest` is that
of what the term says from then on, so that none can change without a line here.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Triple

from kb.documents.context import HISTORY_FILE, read_data
from kb.formats.ns.names import full, short

# What a term says. Examples, references and the way from a list to its words are no part of that.
_SAYS = frozenset(
    full(one)
    for one in (
        "rdf:type",
        "rdfs:label",
        "rdfs:comment",
        "rdfs:subClassOf",
        "rdfs:subPropertyOf",
        "schema:domainIncludes",
        "schema:rangeIncludes",
        "schema:ratingValue",
        "skos:broadMatch",
        "skos:definition",
        "skos:exactMatch",
        "skos:inScheme",
        "skos:notation",
        "skos:prefLabel",
    )
)


@dataclass(frozen=True)
class Version:
    """A version of the vocabulary."""

    number: str
    date: str
    note: str


@dataclass(frozen=True)
class Change:
    """What a version changed of one term."""

    version: Version
    note: str
    digest: str

    @property
    def in_words(self) -> str:
        return f"{self.version.number} ({self.version.date}): {self.note}"


@cache
def versions() -> tuple[Version, ...]:
    """The oldest first."""
    return tuple(Version(one["version"], one["date"], one["note"]) for one in _lines() if "term" not in one)


@cache
def changes() -> Mapping[str, tuple[Change, ...]]:
    """By the IRI of the term, the oldest first."""
    known = {version.number: version for version in versions()}
    found: dict[str, tuple[Change, ...]] = {}
    for one in _lines():
        if "term" in one:
            change = Change(known[one["version"]], one["note"], one["digest"])
            found[full(one["term"])] = (*found.get(full(one["term"]), ()), change)
    return found


def digest(said: Iterable[Triple]) -> str:
    """Of what a term says, whatever its statements' order: sixteen hexadecimal digits."""
    lines = sorted(str(triple) for triple in said if triple.predicate.value in _SAYS)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def missing(terms: Mapping[str, Iterable[Triple]]) -> list[str]:
    """The lines that history lacks, as they are to be written but for their note; `terms` by IRI."""
    newest, known = versions()[-1].number, changes()
    found = []
    for iri, said in terms.items():
        if iri not in known or known[iri][-1].digest != digest(said):
            found.append((iri, digest(said)))
    found += [(iri, "") for iri in known if iri not in terms and known[iri][-1].digest]
    lines = [{"version": newest, "term": short(iri), "note": "…", "digest": now} for iri, now in found]
    return [json.dumps(line, ensure_ascii=False) for line in lines]


def _lines() -> list[dict[str, str]]:
    return [json.loads(line) for line in read_data(HISTORY_FILE).decode().splitlines()]
