"""Identifiers that others keep: checked by their own rules, and where each is found on the web."""

import re
from collections.abc import Callable

from kb.errors import Refused
from kb.values.prose import check_iri
from kb.values.vocabulary import IDENTIFIER_SCHEME

_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
_ARCHIVES = re.compile(
    r"https?://(?:web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?/\S+|archive\.(?:today|ph|is|li|vn|fo|md)/\S+|perma\.cc/[A-Z0-9-]+"
    r"|(?:www\.)?webcitation\.org/\S+|arquivo\.pt/wayback/\S+)",
    re.ASCII,
)


class NotAnIdentifier(Refused):
    """A value that its scheme's own rule refuses."""


def check_identifier(scheme: str, value: str) -> str:
    """The value in its canonical form. Raises NotAnIdentifier, which says what such a value looks like."""
    if scheme not in IDENTIFIER_SCHEME:
        known = ", ".join(IDENTIFIER_SCHEME)
        raise NotAnIdentifier(
            f"“{scheme[:30]}” is not a scheme of identifiers.", where="identifier", remedy=f"Known: {known}."
        )
    check, looks_like = _CHECKS[scheme]
    proper = check(value.strip())
    if proper is None:
        label = IDENTIFIER_SCHEME.label(scheme)
        what = f"“{value[:60]}” is not a valid {label}."
        raise NotAnIdentifier(what, where="identifier", remedy=f"It looks like {looks_like}.")
    return proper


def identifier_iri(scheme: str, value: str) -> str:
    """The IRI of a checked value, for `sameAs`."""
    return _IRIS[scheme] + value


def _bare(text: str, *hosts: str) -> str:
    """Without the address or the prefix under which it is often written."""
    return re.sub(rf"^(?:https?://(?:www\.)?(?:{'|'.join(map(re.escape, hosts))})/?|[A-Za-z]+:\s*)", "", text)


def _wikidata(text: str) -> str | None:
    found = re.fullmatch(r"[Qq]([1-9][0-9]{0,11})", _bare(text, "wikidata.org/wiki", "wikidata.org/entity"))
    return f"Q{found[1]}" if found else None


def _iso_7064(text: str, *hosts: str) -> str | None:
    """Sixteen digits with the check character of ISO 7064 MOD 11-2, as ORCID and ISNI use it."""
    digits = re.sub(r"[\s-]", "", _bare(text, *hosts)).upper()
    if not re.fullmatch(r"[0-9]{15}[0-9X]", digits):
        return None
    total = 0
    for digit in digits[:15]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return digits if digits[15] == ("X" if check == 10 else str(check)) else None


def _orcid(text: str) -> str | None:
    digits = _iso_7064(text, "orcid.org")
    return "-".join(digits[i : i + 4] for i in range(0, 16, 4)) if digits else None


def _isni(text: str) -> str | None:
    return _iso_7064(text, "isni.org/isni")


def _ror(text: str) -> str | None:
    """Six Crockford characters after 0 and two check digits, ISO 7064 MOD 97-10 of the number times 100."""
    bare = _bare(text, "ror.org").lower()
    if not re.fullmatch(r"0[0-9a-hj-km-np-tv-z]{6}[0-9]{2}", bare):
        return None
    number = 0
    for letter in bare[:7]:
        number = number * 32 + _CROCKFORD.index(letter)
    return bare if 98 - (number * 100) % 97 == int(bare[7:]) else None


def _doi(text: str) -> str | None:
    bare = _bare(text, "doi.org", "dx.doi.org")
    return bare.lower() if re.fullmatch(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[!-~]+", bare) else None


def _issn(text: str) -> str | None:
    digits = re.sub(r"[\s-]", "", _bare(text, "portal.issn.org/resource/ISSN")).upper()
    if not re.fullmatch(r"[0-9]{7}[0-9X]", digits):
        return None
    check = -sum(int(digit) * weight for digit, weight in zip(digits[:7], range(8, 1, -1), strict=True)) % 11
    return f"{digits[:4]}-{digits[4:]}" if digits[7] == ("X" if check == 10 else str(check)) else None


def _isbn(text: str) -> str | None:
    """ISBN-13; a valid ISBN-10 is turned into its ISBN-13."""
    digits = re.sub(r"[\s-]", "", re.sub(r"^(?i:isbn(?:-1[03])?:?)\s*", "", text)).upper()
    if re.fullmatch(r"[0-9]{9}[0-9X]", digits):
        total = sum((10 if d == "X" else int(d)) * w for d, w in zip(digits, range(10, 0, -1), strict=True))
        return _with_check("978" + digits[:9]) if total % 11 == 0 else None
    if re.fullmatch(r"97[89][0-9]{10}", digits) and _with_check(digits[:12]) == digits:
        return digits
    return None


def _with_check(twelve: str) -> str:
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve))
    return twelve + str(-total % 10)


def _archive(text: str) -> str | None:
    return check_iri(text) if _ARCHIVES.fullmatch(text) else None


_CHECKS: dict[str, tuple[Callable[[str], str | None], str]] = {
    "wikidata": (_wikidata, "Q42"),
    "orcid": (_orcid, "0000-0002-1825-0097, with its check digit"),
    "ror": (_ror, "05dxps055, with its two check digits"),
    "isni": (_isni, "0000 0001 2103 2683, with its check digit"),
    "doi": (_doi, "10.1000/182"),
    "issn": (_issn, "0378-5955, with its check digit"),
    "isbn": (_isbn, "978-0-306-40615-7, with its check digit"),
    "archive": (_archive, "https://web.archive.org/web/20191219000000/https://example.org/"),
}
_IRIS = {
    "wikidata": "http://www.wikidata.org/entity/",
    "orcid": "https://orcid.org/",
    "ror": "https://ror.org/",
    "isni": "https://isni.org/isni/",
    "doi": "https://doi.org/",
    "issn": "https://portal.issn.org/resource/ISSN/",
    "isbn": "urn:isbn:",
    "archive": "",
}
