"""An address, read once: what is checked, looked up, connected to and asked for are the parts found here."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote, urljoin

import idna

from kb.capture.door.ranges import Number, plain
from kb.capture.door.refusal import BY_HAND, NotFetched, closed
from kb.errors import Refused
from kb.values.prose import check_iri, shown

_PORTS = {"http": 80, "https": 443}
_SCHEME = re.compile(r"https?(?=://)", re.IGNORECASE)
_PARTS = re.compile(r"(https?)://(\[[^\]]*\]|[^/?#:]*)(?::([0-9]*))?([^#]*)(?:#.*)?", re.DOTALL)
_LABELS = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_NUMERIC = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")
# Names that no server of the web has (RFC 6761, 6762, 7686, 8375, and what ICANN keeps for inner networks).
_INNER = ("localhost", "local", "internal", "home.arpa", "onion")
_WHOLE = re.compile(r"([^:/?#]+://[^/?#]*)([^#]*)(?:#.*)?", re.DOTALL)
# What servers send in a Location though it has to be escaped there; browsers escape it.
_LOOSE = re.compile(r'[ "<>\\^`{|}\[\]]|%(?![0-9A-Fa-f]{2})')


@dataclass(frozen=True)
class Address:
    """`host` is in ASCII, lower case and without brackets; `number` is there if the host is one; `target` is ASCII."""

    scheme: str
    host: str
    port: int
    target: str
    number: Number | None

    @property
    def authority(self) -> str:
        """As it stands in the address and in the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"


def read_address(text: str) -> Address:
    """The parts of an address; a fragment is dropped. Refuses all that two parsers might read in two ways."""
    text = _SCHEME.sub(lambda found: found[0].lower(), text.strip(" \t\r\n"), count=1)
    try:
        parts = _PARTS.fullmatch(check_iri(text))
    except Refused as refused:
        raise NotFetched(refused.what, remedy=refused.remedy or BY_HAND) from None
    if parts is None:
        raise NotFetched(f"“{shown(text)}” is not an address of a page.")
    scheme, host, port, target = parts.groups()
    name, number = _read_host(host)
    path, mark, query = target.partition("?")
    # All that is unfit was refused above, so this only turns letters outside ASCII into their UTF-8 bytes.
    target = quote(_without_dots(path) + mark + query, safe="%/?:@!$&'()*+,;=~-._")
    return Address(scheme, name, int(port or _PORTS[scheme]), target, number)


def moved(at: Address, location: bytes) -> Address:
    """Where a redirect leads, read as strictly as the first address was, after the escaping that servers leave out."""
    try:
        text = location.decode("utf-8")
    except UnicodeDecodeError:
        text = location.decode("latin-1")
    try:
        joined = urljoin(str(at), text)
    except ValueError:
        raise NotFetched(f"The address leads on to “{shown(text)}”, which is no address.") from None
    if parts := _WHOLE.fullmatch(joined):
        joined = parts[1] + _LOOSE.sub(lambda found: quote(found[0], safe=""), parts[2])
    return read_address(joined)


def _without_dots(path: str) -> str:
    """RFC 3986, section 5.2.4: browsers ask for this path, so it is the one that is kept."""
    kept: list[str] = []
    *folders, last = path.removeprefix("/").split("/")
    for part in folders:
        if part == "..":
            kept[-1:] = []
        elif part != ".":
            kept.append(part)
    if last == "..":
        kept[-1:] = []
    return "/" + "/".join([*kept, "" if last in (".", "..") else last])


def _read_host(host: str) -> tuple[str, Number | None]:
    if host.startswith("["):
        number = plain(IPv6Address(host[1:-1]))
        return str(number), number
    name = _ascii(host).removesuffix(".")
    if len(name) > 253 or not _LABELS.fullmatch(name):
        raise NotFetched(f"“{shown(host)}” is not the name of a host.")
    if _NUMERIC.fullmatch(name):
        # Systems read 127.1, 0x7f.1 and 017700000001 as numbers too; no page is known by such a name.
        try:
            return name, IPv4Address(name)
        except ValueError:
            raise closed() from None
    if "." not in name or name.endswith(tuple(f".{inner}" for inner in _INNER)):
        raise closed()
    return name, None


def _ascii(host: str) -> str:
    try:
        mapped = idna.uts46_remap(host, std3_rules=False)
        return mapped if mapped.isascii() else idna.encode(mapped).decode("ascii")
    except idna.IDNAError:
        raise NotFetched(f"“{shown(host)}” is not the name of a host.") from None
