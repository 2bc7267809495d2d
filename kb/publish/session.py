"""Sessions of publishing, and the nonces that come into documents by chance."""

import secrets
from collections.abc import Callable

from kb.desk.chance import working

__all__ = ["Nonces", "fresh_nonce", "working"]

# Gives 32 hexadecimal digits; the sample has its own, so that it comes out the same each time.
Nonces = Callable[[], str]


def fresh_nonce() -> str:
    """128 random bits, so that no digest can be guessed once its text is gone."""
    return secrets.token_hex(16)
