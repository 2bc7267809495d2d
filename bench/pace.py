"""How evenly the machine works: one loop of plain Python, timed again and again after pauses."""

import time
from statistics import median

ROUNDS, PAUSE_SECONDS = 20, 0.1
_STEPS = 100_000


def pace() -> dict[str, float]:
    """Milliseconds of the loop: the fastest, the middle one and the slowest; takes some two and a half seconds.

    It touches no memory and waits for nobody. On a processor of one's own all are the same; where it is shared with
    others, as on a virtual machine, the middle one may be nearly twice the fastest, and whatever is made of short
    pieces of work is slower by as much.
    """
    taken = sorted(_once() for _ in range(ROUNDS))
    return {"fastest": round(taken[0], 2), "middle": round(median(taken), 2), "slowest": round(taken[-1], 2)}


def _once() -> float:
    time.sleep(PAUSE_SECONDS)
    begun = time.perf_counter()
    number = 0
    for step in range(_STEPS):
        number += step * step
    return (time.perf_counter() - begun) * 1000
