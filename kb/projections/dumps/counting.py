"""What is in a set, counted while it is written: subjects, classes, properties and languages."""

from collections import Counter

from kb.documents.context import PREFIXES
from kb.formats.holdings import Counts

_TYPE = f"<{PREFIXES['rdf']}type>".encode()


class Counting:
    """Sorted N-Quads of current editions go in, one edition at a time.

    No two records say anything of one subject (RDF.md 1), so what is counted of each adds up, and nothing has to be
    remembered but the names of classes and properties.
    """

    def __init__(self) -> None:
        self._subjects = 0
        self._classes: Counter[bytes] = Counter()
        self._properties: Counter[bytes] = Counter()
        self._languages: set[bytes] = set()

    def add(self, nquads: bytes) -> None:
        """One edition."""
        before = b""
        for line in nquads.splitlines():
            subject, predicate, rest = line.split(b" ", 2)
            self._subjects += subject != before
            before = subject
            self._properties[predicate] += 1
            value = rest[: rest.rindex(b" <")]
            if predicate == _TYPE:
                self._classes[value] += 1
            elif value.startswith(b'"') and not value.endswith((b'"', b">")):
                self._languages.add(value[value.rindex(b"@") + 1 :])

    def counts(self) -> Counts:
        """Of all that was added; names as IRIs, in order."""
        return Counts(
            self._subjects,
            _named(self._classes),
            _named(self._properties),
            tuple(sorted(tag.decode() for tag in self._languages)),
        )


def _named(counter: Counter[bytes]) -> dict[str, int]:
    return {name[1:-1].decode(): counter[name] for name in sorted(counter)}
