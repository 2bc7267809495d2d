"""Citations read back: the addresses and digests in any text, with noise around them, in whatever form."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb.documents.addresses import FOLDERS
from kb.errors import Refused
from kb.values.ids import check_id, is_id

_KINDS = {folder: kind for kind, folder in FOLDERS.items()}
_NAME = re.compile("[0-9A-Za-z-]{1,100}")
_VERSION = re.compile("v([1-9][0-9]{0,8})")
_ASKED = re.compile("(?:^|&)version=([1-9][0-9]{0,8})(?:&|$)")
# Marks that do not show, and come in where text is copied from pages and PDFs.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
# What JSON and LaTeX put a backslash before.
_ESCAPED = re.compile(r"\\([/_%&#~$])")
# A digest, which may be broken over lines where it says what it is; or what says so and is none.
_DIGEST = re.compile(
    r"sha-?256\s*[:=]\s*(?P<told>(?:[0-9a-f]\s*){64})(?![0-9a-z])"
    r"|(?<![0-9a-z])(?P<bare>[0-9a-f]{64})(?![0-9a-z])"
    r"|sha-?256\s*[:=]\s*(?P<torn>[0-9a-z]{16,})",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^\s<>\"“”„«»{}|\\^`\[\]()]+")
# `url=` of a template.
_VALUE = re.compile("^[^/=]*=")
_IN_FOLDER = re.compile(rf"/(?:{'|'.join(_KINDS)})/[0-9A-Za-z-]")
_SCHEME = re.compile("https?://", re.IGNORECASE)
# What may follow an address in a sentence, and is none of it.
_END = ".,;:!?*_'’…"
# More bare words than this are not looked up.
MOST_WORDS = 20


@dataclass(frozen=True)
class Mention:
    """One citation as it was found in a text; at least one of its parts is there.

    `address` is the path under the base, `claims/37d2qfnqr`; `version` the number that the address names. `foreign` is
    the address as written where it is not under the base. `digest` is lower case; `torn` where it is no whole digest.
    Not `sure`: a word that may be an id, or the name of a page of ours, or neither.
    """

    address: str | None = None
    version: int | None = None
    foreign: str | None = None
    digest: str | None = None
    torn: bool = False
    sure: bool = True

    @property
    def located(self) -> bool:
        """True where it has an address."""
        return self.address is not None or self.foreign is not None


def read_citations(text: str, base: str) -> list[Mention]:
    """Every citation in the text, in order and once each; [] where there is nothing that could be one of ours."""
    plain = _ESCAPED.sub(r"\1", _UNSEEN.sub("", html.unescape(text)))
    digests = [(found.start(), _digest(found)) for found in _DIGEST.finditer(plain)]
    addresses = [(start, one) for start, token in _tokens(plain) if (one := _address(token, base))]
    known = _without_latest([(start, one) for start, one in addresses if one.address])
    if not known and not digests:
        return _bare(plain) or [one for _, one in addresses[:1]]
    found = sorted([*(known or addresses[:1]), *digests], key=lambda pair: pair[0])
    return _paired([one for _, one in found])


def _digest(found: re.Match[str]) -> Mention:
    whole = found["told"] or found["bare"]
    if whole is None:
        return Mention(digest=found["torn"].lower(), torn=True)
    return Mention(digest="".join(whole.split()).lower())


def _tokens(text: str) -> Iterator[tuple[int, str]]:
    for found in _TOKEN.finditer(text):
        yield found.start(), found[0].rstrip(_END)


def _address(token: str, base: str) -> Mention | None:
    """The address in a word, whether whole, without its scheme, or relative; None where there is none."""
    place = base.partition("://")[2]
    scheme = _SCHEME.search(token)
    bare = token[scheme.end() :] if scheme else _VALUE.sub("", token)
    if f"{bare}/".lower().startswith(place.lower()):
        return _path(bare[len(place) :])
    if scheme:
        return Mention(foreign=token[scheme.start() :])
    if "." in bare.partition("/")[0].strip("."):
        return Mention(foreign=bare) if _IN_FOLDER.search(bare) else None
    return _path(bare.lstrip("./"), relative=True)


def _path(path: str, *, relative: bool = False) -> Mention | None:
    """`claims/37d2qfnqr/v2.jsonld` and the like. What is `relative` has to look like one of ours by itself."""
    path, _, query = path.partition("#")[0].partition("?")
    steps = [step.partition(".")[0] for step in path.split("/") if step]
    kind = _KINDS.get(steps[0].lower()) if steps else None
    if kind:
        del steps[0]
    if not steps or not _NAME.fullmatch(steps[0]):
        return None
    name = _proper(kind, steps[0])
    found = (_VERSION.fullmatch(steps[1].lower()) if steps[1:] else None) or _ASKED.search(query)
    if relative and not found and not (kind and (kind == "topic" or is_id(name))):
        return None
    number = int(found[1]) if found else None
    return Mention(f"{FOLDERS[kind]}/{name}", number) if kind else Mention(name, number, sure=not relative)


def _proper(kind: str | None, name: str) -> str:
    """Slips that addresses forgive are forgiven here."""
    if kind is None or kind == "topic":
        return name.lower()
    try:
        return check_id(name)
    except Refused:
        return name.lower()


def _bare(text: str) -> list[Mention]:
    """Ids that stand alone: `37d2qfnqr`, in capitals too."""
    words = (token.partition(".")[0].lower() for _, token in _tokens(text))
    return [Mention(word, sure=False) for word in dict.fromkeys(words) if is_id(word)][:MOST_WORDS]


def _paired(found: list[Mention]) -> list[Mention]:
    """Each address with the digest that belongs to it: of one pair in any order, of several in that of the first."""
    made: list[Mention] = []
    for one in dict.fromkeys(found):
        last = made[-1] if made else None
        if last and one.digest and last.located and last.digest is None:
            made[-1] = replace(last, digest=one.digest, torn=one.torn)
        elif last and one.located and last.digest and not last.located:
            made[-1] = replace(one, digest=last.digest, torn=last.torn)
        else:
            made.append(one)
    return list(dict.fromkeys(made))


def _without_latest(found: list[tuple[int, Mention]]) -> list[tuple[int, Mention]]:
    """Where a version of a record is cited, its address without a number says no more."""
    pinned = {one.address for _, one in found if one.version is not None}
    return [(start, one) for start, one in found if one.version is not None or one.address not in pinned]
