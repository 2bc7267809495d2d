"""How much a query may ask for, and how many may run at once."""

from dataclasses import dataclass

MIB = 2**20


@dataclass(frozen=True)
class Limits:
    """Of one query; `memory` is what its process may take beyond the store that it shares."""

    # Of the text of a query, in characters.
    characters: int = 16_384
    # Brackets of any kind within each other: the engine reads them by recursion, and falls off its stack.
    depth: int = 50
    # `||`, `&&`, `!`, UNION, `+`, `/` and the like together: they nest as well, without a bracket.
    operators: int = 500
    # What is joined: the engine's planner takes time by the third to fourth power of their number.
    patterns: int = 200
    cpu_seconds: int = 10
    wall_seconds: float = 10.0
    # Both in bytes; the second is of an answer.
    memory: int = 1024 * MIB
    bytes: int = 10 * MIB
    # Solutions, or triples of CONSTRUCT and DESCRIBE.
    rows: int = 10_000
    # What runs at once: `quick` ones, and `slow` ones, which have run for longer and now run at the lowest priority.
    quick: int = 2
    slow: int = 2
    # After which a quick one is slow: where others wait for its lane, and where nobody does.
    quick_seconds: float = 0.25
    lone_seconds: float = 1.0
    # What waits for one of them to end.
    waiting: int = 8
