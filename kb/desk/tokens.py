"""Tokens: 256 random bits that are shown once, and the hash that is kept of them."""

import hashlib
import secrets


def new_token() -> str:
    """Fit for an address and for a cookie."""
    return secrets.token_urlsafe(32)


def fingerprint(secret: str) -> str:
    """SHA-256 suffices: what is random to its last bit cannot be guessed, however fast the hash."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
