"""Starting without Python's search for garbage: what is loaded and set up stays until the process ends."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def all_stays() -> Iterator[None]:
    """Nothing is searched inside; what was made there is not searched later, neither while serving nor at the end.

    Else half a million objects are gone through again and again, for a sixth of the time that a start takes.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
