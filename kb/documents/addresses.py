"""Addresses and IRIs: page `/claims/{id}`, thing `…#it`, part `…#evidence-3`, edition `…/v2` (RDF.md 1).

An address is the path under the base, without a slash at either end; a base ends with one. Sources, agents,
origins and claims stand under their opaque id, topics under their slug, and a page of our own under its slug
alone (`method`); there is one foundation.
"""

import re

from kb.errors import Refused

FOLDERS = {"claim": "claims", "source": "sources", "agent": "agents", "origin": "origins", "topic": "topics"}
FOUNDATION = "foundation"
THING = "#it"
SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"

_KINDS = {folder: kind for kind, folder in FOLDERS.items()}
_NAMES = {"topic": re.compile(SLUG), "page": re.compile(SLUG), "foundation": re.compile(FOUNDATION)}
_ID = re.compile("[0-9a-z]+")
_IN_FOLDER = re.compile(rf"(?:.*/)?((?:{'|'.join(_KINDS)})/{SLUG})")
_ALONE = re.compile(rf"(?:.*/)?({SLUG})")
_VERSION = re.compile("/v([1-9][0-9]*)$")


def address_of(kind: str, name: str) -> str:
    """`claims/37d2qfnqr`, `topics/gaza`, `method`, `foundation`: the path of a record by its id or slug."""
    if not _NAMES.get(kind, _ID).fullmatch(name):
        raise Refused(f"“{name}” cannot be the address of a {kind}.", where="address")
    return f"{FOLDERS[kind]}/{name}" if kind in FOLDERS else name


def kind_of(address: str) -> str:
    """The kind of record that stands at an address."""
    folder, slash, _ = address.partition("/")
    if slash:
        return _KINDS[folder]
    return FOUNDATION if address == FOUNDATION else "page"


def page(base: str, address: str) -> str:
    """`https://facts.example.org/claims/37d2qfnqr`: where the latest edition is read."""
    return base + address


def iri(base: str, address: str) -> str:
    """`…/claims/37d2qfnqr#it`: the record itself, as other records name it."""
    return f"{base}{address}{THING}"


def part_iri(base: str, address: str, part: str) -> str:
    """`…/claims/37d2qfnqr#evidence-3`: a part of a record."""
    return f"{base}{address}#{part}"


def version_iri(base: str, address: str, number: int) -> str:
    """`…/claims/37d2qfnqr/v2`: an edition, and the name of its graph."""
    return f"{base}{address}/v{number}"


def context_iri(base: str) -> str:
    """Where a knowledge base serves the context that its documents name."""
    return f"{base}ns/context-v1.jsonld"


def page_of(whole: str) -> str:
    """The page under which a thing, a part or an edition stands: the IRI without fragment and version."""
    return _VERSION.sub("", whole.partition("#")[0])


def record_of(whole: str) -> str:
    """The address in the IRI of a thing, a part or an edition, whatever the base. Raises Refused."""
    path = page_of(whole)
    found = _IN_FOLDER.fullmatch(path) or _ALONE.fullmatch(path)
    if found is None:
        raise Refused("This is not the address of a record.", where=whole[:200])
    return found[1]


def base_of(whole: str) -> str:
    """The base in the IRI of a thing, a part or an edition. Raises Refused."""
    return page_of(whole).removesuffix(record_of(whole))


def version_of(whole: str) -> int:
    """The number in the IRI of an edition. Raises Refused."""
    found = _VERSION.search(whole)
    if found is None:
        raise Refused("This is not the address of an edition.", where=whole[:200])
    return int(found[1])
