"""Sessions of publishing, and the two things in it that come by chance: the time and the nonces."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kb.db import writing
from kb.desk.chance import Clock

# Gives 32 hexadecimal digits; the sample has its own, so that it comes out the same each time.
Nonces = Callable[[], str]


@contextmanager
def working(engine: Engine, clock: Clock | None) -> Iterator[Session]:
    """A writing session in which it is the time that the clock says, or else the system's."""
    with writing(engine) as session:
        if clock is not None:
            session.info["clock"] = clock
        yield session


def fresh_nonce() -> str:
    """128 random bits, so that no digest can be guessed once its text is gone."""
    return secrets.token_hex(16)
