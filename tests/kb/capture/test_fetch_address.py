"""An address is read once: every part that is checked is the part that is used, whoever reads it again."""

import ipaddress
from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.capture.door.address import Address, moved, read_address
from kb.capture.door.ranges import is_open, open_web
from kb.capture.fetch import Fetcher, NotFetched
from kb.errors import Refused
from kb.values.prose import check_iri
from tests.support.wire import Wire, page

OPEN = "93.184.216.34"
# Letters that parsers of addresses are known to differ about, among harmless ones.
ODD = st.text(st.sampled_from("a1.:/@\\?#[]%0x-_①。．ß\u00ad\u200d\u0130é%2f%40;&=+~*'\"<> \t\n"), max_size=20)
HOSTS = st.one_of(
    st.from_regex(r"[a-z0-9-]{1,8}(\.[a-z0-9-]{1,8}){0,3}\.?", fullmatch=True),
    st.ip_addresses(v=4).map(str),
    st.ip_addresses(v=6).map(lambda number: f"[{number}]"),
    st.text(min_size=1, max_size=12),
    ODD,
)
ADDRESSES = st.builds(
    lambda scheme, user, host, port, rest: f"{scheme}{user}{host}{port}{rest}",
    st.sampled_from(["http://", "https://", "HTTP://", "http:/", "//", "hTtps://"]),
    st.sampled_from(["", "", "", "u@", "u:p@", "127.0.0.1\\@", "127.0.0.1#@"]),
    HOSTS,
    st.sampled_from(["", "", ":80", ":443", ":", ":8080", ":0080"]),
    st.one_of(st.just(""), ODD, st.text(max_size=20).map(lambda text: f"/{text}")),
)


@given(ADDRESSES)
@example("https://BÜCHER.example:443/ä?ß=%2F#x")
@example("http://[2606:4700::1111]:80/a//b/../c?d?e")
@example("http://a_b.example.")
def test_what_is_checked_is_what_is_fetched(text: str) -> None:
    names: list[str] = []
    asked: list[tuple[str, int]] = []

    def resolve(host: str) -> list[str]:
        names.append(host)
        return [OPEN]

    def allowed(number: ipaddress.IPv4Address | ipaddress.IPv6Address, port: int) -> bool:
        asked.append((str(number), port))
        return open_web(number, port)

    class Anywhere(Wire):
        def connect_tcp(self, host: str, *arguments: object, **named: object):  # type: ignore[no-untyped-def, override]  # noqa: ANN202
            self._answers = {host: [page(b"text")]}
            return super().connect_tcp(host, *arguments, **named)

    wire = Anywhere()
    try:
        got = Fetcher(resolve=resolve, allowed=allowed, backend=wire).fetch(text)
    except NotFetched:
        assert wire.connects == []
        return
    assert wire.connects == asked, "connected to what was checked, and to nothing else"
    # Two other parsers read the address that is kept; they find the host that was looked up and asked.
    plain, other = urlsplit(got.address), httpx.URL(got.address)
    host = names[0] if names else asked[0][0]
    assert plain.hostname == other.raw_host.decode().strip("[]") == host
    assert (plain.port or {"http": 80, "https": 443}[plain.scheme]) == asked[0][1]
    lines = wire.streams[0].asked.decode("ascii").split("\r\n")
    assert lines[0] == f"GET {other.raw_path.decode()} HTTP/1.1"
    assert lines[1] == f"Host: {plain.netloc}"
    assert wire.streams[0].encrypted_for == (host if plain.scheme == "https" else None)


@given(ADDRESSES)
def test_an_address_that_was_read_is_read_again_as_itself(text: str) -> None:
    try:
        address = read_address(text)
    except NotFetched:
        return
    assert read_address(str(address)) == address
    assert check_iri(str(address)) == str(address), "it can be kept as a source's address"


@given(st.one_of(ADDRESSES.map(lambda text: text.encode("utf-8", "surrogatepass")), st.binary(max_size=40)))
def test_a_redirect_is_read_as_strictly(location: bytes) -> None:
    start = Address("https", "one.example", 443, "/a/b?c", None)
    try:
        address = moved(start, location)
    except Refused:
        return
    assert read_address(str(address)) == address


@given(st.ip_addresses(v=4))
def test_no_number_is_open_that_the_registry_closes(number: ipaddress.IPv4Address) -> None:
    if is_open(number):
        assert number.is_global
        assert not number.is_multicast


@given(st.ip_addresses(v=6), st.ip_addresses(v=4))
def test_no_wrapping_opens_a_number(number: ipaddress.IPv6Address, inner: ipaddress.IPv4Address) -> None:
    if is_open(number):
        assert number.is_global
    packed = int(inner)
    assert is_open(ipaddress.IPv6Address((0xFFFF << 32) | packed)) == is_open(inner), "mapped"
    assert is_open(ipaddress.IPv6Address((0x64FF9B << 96) | packed)) == is_open(inner), "NAT64"
    closed = [
        packed,
        (0xFFFF << 48) | packed,
        (0x2002 << 112) | (packed << 80),
        (0x20010000 << 96) | (packed ^ 0xFFFFFFFF),
    ]
    assert not any(is_open(ipaddress.IPv6Address(one)) for one in closed), "compatible, translated, 6to4, Teredo"


@pytest.mark.parametrize(
    "number", ["1.1.1.1", "8.8.8.8", OPEN, "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00::1"]
)
def test_the_open_web_is_open(number: str) -> None:
    assert open_web(ipaddress.ip_address(number), 443)
    assert open_web(ipaddress.ip_address(number), 80)
    assert not open_web(ipaddress.ip_address(number), 8080)


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("", "/"),
        ("/.", "/"),
        ("/..", "/"),
        ("/../../a", "/a"),
        ("/a/./b/../c", "/a/c"),
        ("/a//b/../", "/a//"),
        ("/a/..", "/"),
        ("/a.b/..c/.d?e=/../f", "/a.b/..c/.d?e=/../f"),
    ],
)
def test_a_path_is_kept_as_browsers_ask_for_it(path: str, kept: str) -> None:
    assert read_address(f"https://one.example{path}").target == kept
