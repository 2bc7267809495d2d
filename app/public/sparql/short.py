"""Short links: a query packed into its own address, so that the link needs no store and never expires."""

import base64
import binascii
import re
import zlib
from functools import cache
from importlib.resources import files

from app.public.sparql.reading import Asked
from kb.errors import Missing, Refused
from kb.projections.triples.limits import Limits

# The dictionary that a link was made with stands first in it. None of them is ever changed; a better one is another.
NEWEST = "a"
DICTIONARIES = (NEWEST,)
# Characters of a link that is still called short.
LONGEST = 2_000
# All that is packed: the text of a query in UTF-8, and the names of its graphs.
MOST_BYTES = 8 * Limits.characters
_PACKED = re.compile(r"[A-Za-z0-9_-]+")
_APART = "\0"
_DEFAULT, _NAMED, _PREFIXES = "d", "n", "p"


class NoSuchLink(Missing):
    """It was not made here, or not all of it was copied."""

    def __init__(self) -> None:
        super().__init__(
            "This short link holds no query.",
            where="link",
            remedy="Perhaps its end was lost when it was copied; ask whoever gave it to you for the whole of it.",
        )


class LinkTooLong(Refused):
    """It holds more than any query may."""

    def __init__(self) -> None:
        super().__init__(
            "This short link holds more than a query may have.",
            where="link",
            remedy=f"At most {Limits.characters} characters are read.",
        )


def pack(asked: Asked) -> str | None:
    """The last part of its link; None where it would not be short, or could not be given back as it is.

    Kept are the query, its dataset and whether the usual prefixes are added; not the form of the answer.
    """
    graphs = [*(_DEFAULT + one for one in asked.default_graphs), *(_NAMED + one for one in asked.named_graphs)]
    parts = [asked.query, *graphs, *([_PREFIXES] if asked.prefixes else [])]
    if any(_APART in part for part in parts):
        return None
    try:
        text = _APART.join(parts).encode()
    except UnicodeEncodeError:
        return None
    packer = _packer(NEWEST)
    whole = packer.compress(text) + packer.flush()
    packed = NEWEST + base64.urlsafe_b64encode(whole[len(_head(NEWEST)) :]).decode().rstrip("=")
    return packed if len(packed) <= LONGEST else None


def unpack(packed: str) -> Asked:
    """What was packed. Raises NoSuchLink, or LinkTooLong before more than that has been unpacked."""
    version, rest = packed[:1], packed[1:]
    if version not in DICTIONARIES or not _PACKED.fullmatch(rest):
        raise NoSuchLink
    unpacker = zlib.decompressobj(zdict=_dictionary(version))
    try:
        data = _head(version) + base64.urlsafe_b64decode(rest + "=" * (-len(rest) % 4))
        text = unpacker.decompress(data, MOST_BYTES + 1)
        if len(text) > MOST_BYTES:
            raise LinkTooLong
        # At its end stands a sum over all of the text: half a link is never taken for a query.
        if not unpacker.eof or unpacker.unused_data:
            raise NoSuchLink
        query, *others = text.decode().split(_APART)
    except (binascii.Error, zlib.error, UnicodeDecodeError) as error:
        raise NoSuchLink from error
    if len(query) > Limits.characters:
        raise LinkTooLong
    return Asked(query, _those(others, _DEFAULT), _those(others, _NAMED), prefixes=_PREFIXES in others)


def _those(parts: list[str], mark: str) -> tuple[str, ...]:
    return tuple(part.removeprefix(mark) for part in parts if part.startswith(mark))


@cache
def _dictionary(version: str) -> bytes:
    """What queries are likely to hold, the likeliest last (RFC 1950, FDICT)."""
    return files("app.public.sparql").joinpath(f"dictionary-{version}.txt").read_bytes()


def _packer(version: str) -> "zlib._Compress":
    return zlib.compressobj(9, zdict=_dictionary(version))


@cache
def _head(version: str) -> bytes:
    """The same in all that is packed with a dictionary, so it is not in the link: two bytes, and the sum of it."""
    packer = _packer(version)
    return (packer.compress(b"") + packer.flush())[:6]
