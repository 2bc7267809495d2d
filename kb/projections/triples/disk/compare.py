"""The process that holds a generation of the index against the log: a damaged file may end it, and nothing else.

`python -m kb.projections.triples.disk.compare SOCKET GENERATION BASE`. It is handed all editions first, then asked
what else stands in the index. A fault names the page and version that it concerns, "" and None where it cannot be told.
"""

import sys
from collections.abc import Iterable, Iterator
from itertools import islice

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse
from zstandard import ZstdDecompressor

from kb.formats.ns.published import vocabulary_nquads
from kb.projections.triples.disk.worker import Deed, work
from kb.projections.triples.entry import Entry, unpack
from kb.projections.triples.wire import Message

# Characters of a quad, in a report.
SHOWN = 160
# Faults that are told at once: the first ones say what is wrong.
MOST = 20


class Comparison:
    """A store that nobody writes to, and what is known of it so far."""

    def __init__(self, store: Store, base: str) -> None:
        self._store = store
        self._log = NamedNode(f"{base}log")
        self._in_log = 0
        self._vocabulary = Store()
        self._vocabulary.load(vocabulary_nquads(), format=RdfFormat.N_QUADS)
        self._graphs = {self._log}
        self._current: set[NamedNode] = set()

    def editions(self, packed: bytes, current: list[int]) -> Message:
        """Editions in order; `current` are the numbers of those that are their record's last."""
        last = frozenset(current)
        return _told(fault for entry in unpack(packed) for fault in self._edition(entry, entry.seq in last))

    def rest(self) -> Message:
        """What is left once all editions were looked at."""
        return _told(self._strangers()) | {"quads": len(self._store)}

    def _edition(self, entry: Entry, is_current: bool) -> Iterator[Message]:
        graph = NamedNode(entry.graph)
        self._graphs.add(graph)
        said = {_bare(quad) for quad in _quads(ZstdDecompressor().decompress(entry.nquads) if entry.nquads else b"")}
        found = {_bare(quad) for quad in self._store.quads_for_pattern(None, None, None, graph)}
        yield from _faults("The graph of this version lacks", said - found, entry)
        yield from _faults("The graph of this version holds, and the log does not say,", found - said, entry)
        if is_current:
            self._current.add(graph)
            logged = set(_quads(entry.log))
            self._in_log += len(logged)
            yield from _faults("The default graph lacks", (quad for quad in said if quad not in self._store), entry)
            yield from _faults("The graph of the log lacks", (one for one in logged if one not in self._store), entry)

    def _strangers(self) -> Iterator[Message]:
        for name in self._store.named_graphs():
            if name not in self._graphs:
                yield {"page": "", "version": None, "problem": f"The graph {_short(name)} is no edition's."}
        lacking = (quad for quad in self._vocabulary if quad not in self._store)
        yield from _faults("The default graph lacks, of the vocabulary,", lacking)
        found = self._store.quads_for_pattern(None, None, None, DefaultGraph())
        foreign = (quad for quad in found if not self._is_known(quad))
        yield from _faults("The default graph holds, and no current edition says,", foreign)
        logged = sum(1 for _quad in self._store.quads_for_pattern(None, None, None, self._log))
        if logged != self._in_log:
            problem = f"The graph of the log holds {logged} triples, which should be {self._in_log}."
            yield {"page": "", "version": None, "problem": problem}

    def _is_known(self, quad: Quad) -> bool:
        same = self._store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        return any(one.graph_name in self._current for one in same) or quad in self._vocabulary


def _quads(lines: bytes) -> Iterator[Quad]:
    return parse(lines, format=RdfFormat.N_QUADS)


def _bare(quad: Quad) -> Quad:
    """In the default graph."""
    return Quad(quad.subject, quad.predicate, quad.object)


def _faults(words: str, quads: Iterable[Quad], entry: Entry | None = None) -> Iterator[Message]:
    for quad in quads:
        subject = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
        page = entry.page if entry else subject.partition("#")[0]
        version = entry.version if entry else None
        yield {"page": page, "version": version, "problem": f"{words} {_short(quad)}"}


def _told(faults: Iterator[Message]) -> Message:
    """The first ones, and how many there are beside."""
    return {"faults": list(islice(faults, MOST)), "more": sum(1 for _fault in faults)}


def _short(thing: Quad | object) -> str:
    words = str(thing)
    return words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"


def main(end: str, generation: str, base: str) -> None:
    deeds: dict[str, Deed] = {}

    def begin() -> Message:
        comparison = Comparison(Store.read_only(generation), base)
        deeds.update(editions=comparison.editions, rest=comparison.rest)
        return {}

    deeds["begin"] = begin
    work(int(end), deeds)


if __name__ == "__main__":
    main(*sys.argv[1:])
