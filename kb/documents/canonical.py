"""Canonical bytes (RFC 8785) and their digests (SHA-256, lower-case hexadecimal).

RFC 8785 sorts keys and fixes how numbers and strings are written. It keeps the order of arrays and normalises no
text. Fractions are refused on top of it: three JSON-LD processors read them in three ways (RDF.md 3, pitfall 1).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

import rfc8785

from kb.errors import Refused

GREATEST = 2**53 - 1
_LEAVES = frozenset({str, bool})
# Of integers and strings the standard library writes what RFC 8785 wants, many times as fast as the package does.
_WRITER = json.JSONEncoder(ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":"))


def canonical(document: Mapping[str, Any]) -> bytes:
    """The bytes that are hashed, stored and served. Refuses fractions, NaN, null, great integers, lone surrogates."""
    try:
        if _check(document, ""):
            return _WRITER.encode(document).encode()
        return rfc8785.dumps(dict(document))
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError, TypeError) as error:
        raise Refused("This cannot be written as canonical JSON.", where="/", remedy=str(error)) from error


def digest(data: bytes) -> str:
    """SHA-256 as 64 hexadecimal digits: what `sha256sum` says of the file."""
    return hashlib.sha256(data).hexdigest()


def content_digest(entity: Mapping[str, Any], cites: Iterable[str]) -> str:
    """Digest of what an approval is of: the main entity without `relations`, and the set of cited records."""
    content = {key: value for key, value in entity.items() if key != "relations"}
    return digest(canonical({"cites": sorted(set(cites)), "mainEntity": content}))


def _check(value: object, where: str) -> bool:
    """Whether all keys are ASCII, and so stand in the same order by code point and, as RFC 8785 wants, in UTF-16.

    Raises Refused, with the JSON pointer, at the first value that no document may hold.
    """
    in_order = True
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise Refused("A key is not a string.", where=where or "/")
            if not key.isascii():
                in_order = False
            # Most values are leaves, of which no pointer is needed.
            if type(inner) not in _LEAVES and not _check(inner, f"{where}/{key}"):
                in_order = False
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            if type(inner) not in _LEAVES and not _check(inner, f"{where}/{place}"):
                in_order = False
    elif not isinstance(value, str):
        _check_number(value, where)
    return in_order


def _check_number(value: object, where: str) -> None:
    if not isinstance(value, int):
        raise Refused(
            f"A document holds no {'null' if value is None else type(value).__name__}.",
            where=where or "/",
            remedy="Write a fraction as a string, and leave out what is absent.",
        )
    if abs(value) > GREATEST:
        raise Refused("The integer is beyond what JSON can hold exactly (2^53 - 1).", where=where)
