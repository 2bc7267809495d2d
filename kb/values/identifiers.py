"""Identifiers of agents, sources and topics: checked, in one canonical form, and as an address for `sameAs`.

A value may come as people copy it, with its address, prefix, spaces or hyphens; check characters are recomputed.
"""

import re
from collections.abc import Callable
from urllib.parse import quote, unquote

from kb.errors import Refused
from kb.values.prose import check_iri, shown
from kb.values.vocabulary import IDENTIFIER_SCHEME

LENGTH = 4_000
BASE_32 = "0123456789abcdefghjkmnpqrstvwxyz"

_LINE = re.compile(r"[^\s\x00-\x1f\x7f-\x9f]+")
_SEPARATORS = re.compile(r"[ \u00a0\u2010-\u2013-]")
_PREFIXES = {
    "wikidata": re.compile(r"(?:https?://(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/|wd:)", re.IGNORECASE),
    "orcid": re.compile(r"(?:https?://(?:www\.)?orcid\.org/|orcid:)", re.IGNORECASE),
    "ror": re.compile(r"(?:https?://(?:www\.)?ror\.org/|ror\.org/)", re.IGNORECASE),
    "isni": re.compile(r"(?:https?://(?:www\.)?isni\.org/(?:isni/)?|isni:?)", re.IGNORECASE),
    "doi": re.compile(r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:|urn:doi:|info:doi/)", re.IGNORECASE),
    "issn": re.compile(r"(?:https?://portal\.issn\.org/resource/issn/|urn:issn:|issn:?)", re.IGNORECASE),
    "isbn": re.compile(r"(?:urn:isbn:|isbn(?:-1[03])?:?)", re.IGNORECASE),
}
# Services whose addresses name one stored copy, with what comes after their host.
_STAMP = r"[0-9]{4,14}(?:[a-z]{2}_)?/.+"
_TODAY = r"(?:(?:[0-9]{4,14}|newest|oldest)/.+|[0-9A-Za-z]{4,8}(?:#.*)?|[0-9]{4}\.[0-9]{2}\.[0-9]{2}-[0-9]{6}/.+)"
_ARCHIVES = {
    r"web\.archive\.org": rf"web/{_STAMP}",
    r"archive\.(?:today|ph|is|md|li|vn|fo)": _TODAY,
    r"perma\.cc": r"[0-9A-Z]{2,4}(?:-[0-9A-Z]{2,4}){1,3}",
    r"wayback\.archive-it\.org": rf"[0-9]+/{_STAMP}",
    r"webarchive\.nationalarchives\.gov\.uk": rf"(?:ukgwa/)?{_STAMP}",
    r"www\.webarchive\.org\.uk": rf"(?:en/)?(?:wayback/)?(?:en/)?archive/{_STAMP}",
    r"webarchive\.loc\.gov": rf"all/{_STAMP}",
    r"arquivo\.pt": rf"(?:wayback|noFrame/replay)/{_STAMP}",
    r"ghostarchive\.org": r"(?:archive|varchive)/[0-9A-Za-z_-]+",
    r"(?:www\.)?webcitation\.org": r"[0-9A-Za-z]+(?:\?url=.+)?",
    r"megalodon\.jp": r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{2}/.+",
}
_ARCHIVE = re.compile(
    r"https?://(?:" + "|".join(f"(?:{host}/{rest})" for host, rest in _ARCHIVES.items()) + ")", re.DOTALL
)


class IdentifierInvalid(Refused):
    """A value that is no identifier of its scheme."""

    def __init__(self, scheme: str, what: str, remedy: str = "") -> None:
        super().__init__(what, where=scheme, remedy=remedy)


def check_identifier(scheme: str, value: str) -> str:
    """The canonical value. Raises Refused, mostly as IdentifierInvalid; `where` is the scheme."""
    if scheme not in _CHECKS:
        raise IdentifierInvalid(
            "identifier",
            f"“{shown(scheme)}” is not a scheme of identifiers.",
            f"Choose of {', '.join(IDENTIFIER_SCHEME)}.",
        )
    value = value.strip(" ")
    if len(value) > LENGTH:
        raise IdentifierInvalid(scheme, f"An identifier of {len(value)} characters is too long.")
    if (known := _PREFIXES.get(scheme)) and (prefix := known.match(value)):
        value = value[prefix.end() :]
        if scheme == "doi" and prefix[0].lower().startswith("http"):
            value = _unescaped(value)
    return _CHECKS[scheme](value.strip(" "))


def identifier_iri(scheme: str, value: str) -> str:
    """For `sameAs`: the address that the scheme itself gives its identifiers."""
    canonical = check_identifier(scheme, value)
    if scheme == "doi":
        return "https://doi.org/" + quote(canonical, safe="/:;()!*',.-_~$&+=@")
    return _ADDRESSES[scheme].format(canonical)


_ADDRESSES = {
    "wikidata": "http://www.wikidata.org/entity/{}",
    "orcid": "https://orcid.org/{}",
    "ror": "https://ror.org/{}",
    "isni": "https://isni.org/isni/{}",
    "issn": "https://portal.issn.org/resource/ISSN/{}",
    "isbn": "urn:isbn:{}",
    "archive": "{}",
}


def _wikidata(value: str) -> str:
    if not re.fullmatch(r"[Qq][1-9][0-9]{0,10}", value):
        raise IdentifierInvalid("wikidata", f"“{shown(value)}” is not an item of Wikidata.", "Write it as Q42.")
    return value.upper()


def _orcid(value: str) -> str:
    digits = _sixteen("orcid", value)
    return "-".join(digits[at : at + 4] for at in range(0, 16, 4))


def _isni(value: str) -> str:
    return _sixteen("isni", value)


def _sixteen(scheme: str, value: str) -> str:
    digits = _SEPARATORS.sub("", value).upper()
    if not re.fullmatch(r"[0-9]{15}[0-9X]", digits):
        raise IdentifierInvalid(scheme, f"“{shown(value)}” has not sixteen digits.", "Write it as 0000-0002-1825-0097.")
    total = 0
    for digit in digits[:15]:
        total = (total + int(digit)) * 2
    _expect(scheme, value, digits[15], "0123456789X"[(12 - total % 11) % 11])
    return digits


def _ror(value: str) -> str:
    lower = value.lower()
    if not re.fullmatch(rf"0[{BASE_32}]{{6}}[0-9]{{2}}", lower, re.ASCII):
        raise IdentifierInvalid("ror", f"“{shown(value)}” is not an id of ROR.", "Write it as 03yrm5c26.")
    number = 0
    for letter in lower[:7]:
        number = number * 32 + BASE_32.index(letter)
    _expect("ror", value, lower[7:], f"{98 - number * 100 % 97:02}")
    return lower


def _doi(value: str) -> str:
    # A DOI is the same in capitals and small letters, so one of the two is kept.
    lower = "".join(letter.lower() if letter.isascii() else letter for letter in value)
    if (
        not re.fullmatch(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/.+", lower)
        or not _LINE.fullmatch(lower)
        or not lower.isprintable()
    ):
        raise IdentifierInvalid("doi", f"“{shown(value)}” is not a DOI.", "Write it as 10.1000/182.")
    return lower


def _unescaped(path: str) -> str:
    try:
        return unquote(path, errors="strict")
    except UnicodeDecodeError:
        raise IdentifierInvalid("doi", f"“{shown(path)}” has escapes that are not UTF-8.") from None


def _issn(value: str) -> str:
    digits = _SEPARATORS.sub("", value).upper()
    if not re.fullmatch(r"[0-9]{7}[0-9X]", digits):
        raise IdentifierInvalid("issn", f"“{shown(value)}” has not eight digits.", "Write it as 0378-5955.")
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(8, 1, -1), strict=False))
    _expect("issn", value, digits[7], "0123456789X"[-total % 11])
    return f"{digits[:4]}-{digits[4:]}"


def _isbn(value: str) -> str:
    """Thirteen digits; an ISBN of ten is turned into the one of thirteen for the same book."""
    digits = _SEPARATORS.sub("", value).upper()
    if re.fullmatch(r"[0-9]{9}[0-9X]", digits):
        total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
        _expect("isbn", value, digits[9], "0123456789X"[-total % 11])
        return (start := "978" + digits[:9]) + _ean(start)
    if not re.fullmatch(r"97[89][0-9]{10}", digits):
        raise IdentifierInvalid(
            "isbn", f"“{shown(value)}” has not ten or thirteen digits.", "Write it as 978-0-306-40615-7."
        )
    _expect("isbn", value, digits[12], _ean(digits[:12]))
    return digits


def _ean(twelve: str) -> str:
    return str(-sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve)) % 10)


def _archive(value: str) -> str:
    if not _ARCHIVE.fullmatch(value):
        raise IdentifierInvalid(
            "archive",
            f"“{shown(value)}” is not the address of one stored copy in a web archive known here.",
            "Copy the address of the copy itself, such as https://web.archive.org/web/20191219000000/https://example.org/.",
        )
    return check_iri("https://" + value.split("://", 1)[1], where="archive")


def _expect(scheme: str, value: str, found: str, expected: str) -> None:
    if found != expected:
        raise IdentifierInvalid(
            scheme, f"“{shown(value)}” ends in {found}, but its check is {expected}.", "Look for a mistyped digit."
        )


_CHECKS: dict[str, Callable[[str], str]] = {
    "wikidata": _wikidata,
    "orcid": _orcid,
    "ror": _ror,
    "isni": _isni,
    "doi": _doi,
    "issn": _issn,
    "isbn": _isbn,
    "archive": _archive,
}
