"""The heap of the C library, where that is one that can be told: how much of it is taken, and when it is given back."""

import contextlib
import ctypes

# From <malloc.h>.
_MOST_ARENAS = -8


def use_one_arena() -> None:
    """For this process and its children. Else each thread of the engine that reads a store on disk might take 64 MiB of
    addresses for itself: of the same question now half a gigabyte, now more than there is for one.
    """
    with contextlib.suppress(AttributeError):
        _LIBC.mallopt(_MOST_ARENAS, 1)


def give_back() -> None:
    """What was freed is the system's again; of a large store the heap would keep most."""
    with contextlib.suppress(AttributeError):
        _LIBC.malloc_trim(0)


_LIBC = ctypes.CDLL(None)
