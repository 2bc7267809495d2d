"""Where the SPARQL index stands, as it is told."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    """Where the index stands; `memory` in bytes, `home` "memory" or "disk", `stopped` counts queries by cause.

    `memory_per_million_quads` is what they take beside the empty process, 0 on disk.
    `why` says why it is not ready, or why it stands behind the log though it is, or "".
    """

    seq: int
    quads: int
    memory: int
    memory_per_million_quads: int
    home: str
    ready: bool
    off: bool
    why: str
    restarts: int
    stopped: Mapping[str, int]
