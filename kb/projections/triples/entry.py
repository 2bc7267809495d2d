"""One entry of the log as the index takes it in, and many of them as bytes for another process."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Entry:
    """An edition with all that the index needs to know of its record, up to this version.

    `leaf` is the hash of its leaf; `page` is the address of the record with the base. `nquads` are those of the seal,
    compressed with zstd; empty where the content was removed. `log` are the N-Quads of the graph of the log that tell
    of this record's versions; `gone` are its versions whose content was removed.
    """

    seq: int
    leaf: str
    page: str
    version: int
    gone: tuple[int, ...]
    nquads: bytes = field(repr=False)
    log: bytes = field(repr=False)

    @property
    def graph(self) -> str:
        """The address of this version, which names its graph."""
        return self.graph_of(self.version)

    def graph_of(self, version: int) -> str:
        """The name of the graph of another version of the record."""
        return f"{self.page}/v{version}"


def pack(entries: Iterable[Entry]) -> bytes:
    """For each a line of JSON with the two lengths, then the bytes of both."""
    pieces = []
    for entry in entries:
        head = asdict(entry) | {"nquads": len(entry.nquads), "log": len(entry.log)}
        pieces += [json.dumps(head).encode(), b"\n", entry.nquads, entry.log]
    return b"".join(pieces)


def unpack(data: bytes) -> Iterator[Entry]:
    """What `pack` packed."""
    at = 0
    while at < len(data):
        end = data.index(b"\n", at)
        head = json.loads(data[at:end])
        middle = end + 1 + head["nquads"]
        at = middle + head["log"]
        yield Entry(
            head["seq"],
            head["leaf"],
            head["page"],
            head["version"],
            tuple(head["gone"]),
            nquads=data[end + 1 : middle],
            log=data[middle:at],
        )
