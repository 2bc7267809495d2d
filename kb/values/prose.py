"""Text at the edge: which characters may come in, and the proper form of language tags and addresses.

What is refused here is what one of PostgreSQL, SQLite, XML or JSON cannot hold; everything else stays
byte for byte. Addresses follow RFC 3987, a little narrower: http and https alone, and nothing invisible.
"""

import ipaddress
import re
import unicodedata

from kb.errors import Refused

LIMIT = 100_000
ADDRESS_LIMIT = 4_000
SHOWN = 40

_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
# RFC 5646, section 2.1, for tags in lower case; the few grandfathered ones that do not fit are not taken.
_LANGUAGE = re.compile(
    r"[a-z]{2,3}(-[a-z]{3}){0,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?"
    r"(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(-[0-9a-wyz](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?"
)
_NOT_IN_IRI = re.compile(
    r"[^A-Za-z0-9._~:/?#@!$&'()*+,;=%\[\]\-"
    "\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd"
    "\U00040000-\U0004fffd\U00050000-\U0005fffd\U00060000-\U0006fffd\U00070000-\U0007fffd\U00080000-\U0008fffd"
    "\U00090000-\U0009fffd\U000a0000-\U000afffd\U000b0000-\U000bfffd\U000c0000-\U000cfffd\U000d0000-\U000dfffd"
    "\U000e1000-\U000efffd]"
    # Spaces of every width and marks that turn the direction of writing hide what an address is.
    "|[\u00a0\u1680\u2000-\u200b\u200e\u200f\u2028-\u202f\u205f\u2066-\u2069\u3000\ufeff]"
)
_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_ADDRESS = re.compile(r"https?://(?P<authority>[^/?#]*)(?P<path>[^#]*)(#(?P<fragment>.*))?", re.DOTALL)
_PORT = re.compile(r":([0-9]{0,5})\Z")


def check_text(text: str, *, where: str, limit: int = LIMIT) -> str:
    """The text as it came. Refuses NUL, C0 but tab and line feed, U+FFFE, U+FFFF, lone surrogates, too much."""
    if len(text) > limit:
        raise Refused(f"The text has {len(text)} characters; at most {limit} are taken.", where=where)
    if found := _UNFIT.search(text):
        raise Refused(
            f"{code_point(found[0])} stands at offset {found.start()}: {_why_unfit(found[0])}.",
            where=where,
            remedy="End lines with a line feed alone." if found[0] == "\r" else "Take the character out.",
        )
    return text


def nfc(text: str) -> str:
    """Normalisation form C, for the desk's own prose only: a quote is never normalised."""
    return unicodedata.normalize("NFC", text)


def check_language(tag: str, *, where: str = "language") -> str:
    """A language tag as RFC 5646 has it, in lower case, since stores rewrite capitals."""
    if _LANGUAGE.fullmatch(tag):
        return tag
    lower = shown(tag.lower())
    proper = tag.isascii() and _LANGUAGE.fullmatch(tag.lower())
    raise Refused(
        f"“{shown(tag)}” is not a language tag in lower case.",
        where=where,
        remedy=f"Write {lower}." if proper else "Write a tag such as en, en-gb or zh-hant.",
    )


def check_iri(text: str, *, where: str = "address") -> str:
    """An absolute http or https IRI, as it came: one that every RDF parser takes and none drops in silence."""
    if len(text) > ADDRESS_LIMIT:
        raise Refused(f"The address has {len(text)} characters; at most {ADDRESS_LIMIT} are taken.", where=where)
    if found := _NOT_IN_IRI.search(text):
        raise Refused(
            f"{code_point(found[0])} stands at offset {found.start()} of the address, where it is not allowed.",
            where=where,
            remedy="Percent-encode it, or take it out.",
        )
    if found := _PERCENT.search(text):
        raise Refused(
            f"“{text[found.start() : found.start() + 3]}” at offset {found.start()} of the address is no escape.",
            where=where,
            remedy="Write a bare per cent sign as %25.",
        )
    parts = _ADDRESS.fullmatch(text)
    if parts is None:
        raise Refused(f"“{shown(text)}” is not an absolute address that begins with http:// or https://.", where=where)
    _check_host(parts["authority"], where)
    if any(sign in parts["path"] + (parts["fragment"] or "") for sign in "[]") or "#" in (parts["fragment"] or ""):
        raise Refused(
            "The address has a bracket, or a second #, where it is not allowed.",
            where=where,
            remedy="Write [ as %5B, ] as %5D, # as %23.",
        )
    return text


def code_point(letter: str) -> str:
    """`U+00A0 (NO-BREAK SPACE)`: a character that can be told apart from its look-alikes."""
    name = unicodedata.name(letter, "")
    return f"U+{ord(letter):04X}" + (f" ({name})" if name else "")


def shown(text: str, length: int = SHOWN) -> str:
    """The beginning of a value, fit for a message: printable and short."""
    start = "".join(letter if letter.isprintable() else "\ufffd" for letter in text[:length])
    return start + ("…" if len(text) > length else "")


def _why_unfit(letter: str) -> str:
    if letter < " ":
        return "a control character"
    return "half of a surrogate pair" if letter < "\ue000" else "not a character"


def _check_host(authority: str, where: str) -> None:
    if "@" in authority:
        raise Refused("The address has a user name before its host.", where=where, remedy="Leave out all up to the @.")
    host = authority
    if port := _PORT.search(authority):
        host = authority[: port.start()]
        if port[1] and int(port[1]) > 65535:
            raise Refused(f"{port[1]} is not a port.", where=where)
    literal = host.startswith("[") and host.endswith("]")
    if not host or any(sign in (host[1:-1] if literal else host) for sign in ("[]" if literal else "[]:")):
        raise Refused(f"“{shown(authority)}” is not a host.", where=where)
    if literal:
        try:
            ipaddress.IPv6Address(host[1:-1])
        except ValueError:
            raise Refused(f"“{shown(host)}” is not a host.", where=where) from None
