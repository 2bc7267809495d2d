"""Whether a store holds the log up to an entry, and not beyond it: asked of the store itself."""

from pyoxigraph import Literal, NamedNode, Quad, Store

from kb.documents.context import PREFIXES
from kb.documents.terms import PROPERTIES

_SEQ = NamedNode(f"{PREFIXES['cb']}seq")
_SHA256 = NamedNode(PROPERTIES["sha256"])
_INTEGER = NamedNode(f"{PREFIXES['xsd']}integer")


def stands_at(store: Store, base: str, seq: int, digest: str) -> bool:
    """`digest` is the one of the edition `seq`, in hex. Raises RuntimeError or OSError where the store is damaged."""
    log = NamedNode(f"{base}log")
    last = [quad.subject for quad in _at(store, log, seq)]
    if len(last) != 1 or _at(store, log, seq + 1):
        return False
    found = [quad.object for quad in store.quads_for_pattern(last[0], _SHA256, None, log)]
    return [one.value for one in found if isinstance(one, Literal)] == [digest]


def _at(store: Store, log: NamedNode, seq: int) -> list[Quad]:
    return list(store.quads_for_pattern(None, _SEQ, Literal(str(seq), datatype=_INTEGER), log))
