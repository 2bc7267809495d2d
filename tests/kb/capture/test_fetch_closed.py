"""No form of an address leads into a private network: each is refused before anything is connected to."""

import socket
from collections.abc import Sequence

import pytest

from kb.capture.door.refusal import closed
from kb.capture.fetch import Fetcher, NotFetched
from tests.support.wire import Wire, leads_to, page

OPEN = "93.184.216.34"
OTHER = "151.101.1.69"
NAMES = {
    "front.example": [OPEN],
    "inner.example": ["10.0.0.1"],
    "loop.example": ["127.0.0.1"],
    "loop6.example": ["::1"],
    "mapped.example": ["::ffff:169.254.169.254"],
    "translated.example": ["64:ff9b::a9fe:a9fe"],
    "scoped.example": ["fe80::1%2"],
    "scoped6.example": ["2606:4700::1111%2"],
    "mixed.example": [OPEN, "127.0.0.1"],
    "mixed6.example": ["2606:4700::1111", "fd00::1"],
    "localhost": ["127.0.0.1"],
}

# Numbers in all the ways that one system or another reads as loopback, as a private network or as a cloud's inside.
CLOSED = [
    "http://127.0.0.1/",
    "HTTP://127.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0x7f.1/",
    "http://017700000001/",
    "http://0177.0.0.1/",
    "http://127.0.0.01/",
    "http://00000177.0.0.1/",
    "http://127.0.0.1./",
    "http://4294967297/",
    "http://127.0.0.256/",
    "http://0/",
    "http://0.0.0.0/",
    "http://0x/",
    "http://①②⑦.0.0.1/",
    "http://１２７.０.０.１/",
    "http://127。0。0。1/",
    "http://127．0．0．1/",
    "http://127｡0｡0｡1/",
    "http://12\u00ad7.0.0.1/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.0.1/",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://169.254.43518/",
    "http://100.100.100.200/",
    "http://168.63.129.16/",
    "http://192.0.0.192/",
    "http://198.18.0.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://[::]/",
    "http://[::1]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:0:127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b::10.0.0.1]/",
    "http://[64:ff9b:1::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2002:c0a8:1::1]/",
    "http://[2001:0:53aa:64c:0:0:80ff:fffe]/",
    "http://[fd00:ec2::254]/",
    "http://[fe80::1]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://[2001:db8::1]/",
    "http://localhost/",
    "http://LOCALHOST./",
    "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/",
    "http://a.localhost/",
    "http://printer.local/",
    "http://metadata.google.internal/",
    "http://intranet/",
    "http://claims.example/",
    "http://CLAIMS.example./",
    "http://claims.example:80/",
    "http://inner.example/",
    "http://inner.example./",
    "http://loop.example/",
    "http://loop6.example/",
    "http://mapped.example/",
    "http://translated.example/",
    "http://scoped.example/",
    "http://scoped6.example/",
    "http://mixed.example/",
    "http://mixed6.example/",
    f"http://{OPEN}:22/",
    f"http://{OPEN}:0/",
    "http://front.example:8080/",
]
# What two parsers may read in two ways is no address at all.
MALFORMED = [
    f"http://{OPEN}@127.0.0.1/",
    f"http://127.0.0.1@{OPEN}/",
    f"http://{OPEN}\\@127.0.0.1/",
    f"http://127.0.0.1\\@{OPEN}/",
    f"http://{OPEN}#@127.0.0.1/#",
    f"http://{OPEN}:80:80/",
    f"http://{OPEN}:99999/",
    f"http://{OPEN}:80@127.0.0.1/",
    "http://127.0.0.1\t/",
    "http://127.0.\n0.1/",
    f"http://{OPEN}/\r\nHost: 127.0.0.1",
    f"http://{OPEN}/ HTTP/1.1",
    "http://127.0.0.1%00.example/",
    "http://%31%32%37.0.0.1/",
    "http://127.0.0.1%2f.example/",
    "http://[::1%25lo]/",
    "http://[::1/",
    "http://[127.0.0.1]/",
    "http://[v1.127.0.0.1]/",
    "http://\u202e1.0.0.721/",
    "http:///127.0.0.1/",
    "http:127.0.0.1/",
    "http:\\\\127.0.0.1/",
    "//127.0.0.1/",
    "127.0.0.1",
    "file://localhost/etc/passwd",
    "ftp://127.0.0.1/",
    "gopher://127.0.0.1:6379/_INFO",
    "data:text/html,x",
    "javascript:1",
    "http://front..example/",
    "http://.127.0.0.1/",
    f"http://{'a' * 64}.example/",
    f"http://{'a.' * 130}example/",
    "http://front.example:８０/",
    "http://front.example:-80/",
    "http://xn--/",
    "http://☃.example/",
    "http://",
    "",
    "x" * 5_000,
    "http://front.example/\ud800",
    "http://front.example/\x00",
]


def resolve(host: str) -> Sequence[str]:
    if host not in NAMES:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")
    return NAMES[host]


def fetcher(wire: Wire) -> Fetcher:
    return Fetcher(resolve=resolve, backend=wire, own_hosts=frozenset({"Claims.example"}))


def test_the_battery_is_as_large_as_it_is_said_to_be() -> None:
    assert len(set(CLOSED)) == len(CLOSED) >= 60
    assert len(set(MALFORMED)) == len(MALFORMED) >= 40


@pytest.mark.parametrize("address", CLOSED)
def test_what_is_not_open_is_refused_in_one_wording(address: str) -> None:
    wire = Wire()
    with pytest.raises(NotFetched) as caught:
        fetcher(wire).fetch(address)
    assert str(caught.value) == str(closed())
    assert wire.connects == []


@pytest.mark.parametrize("address", MALFORMED)
def test_what_is_no_address_is_refused(address: str) -> None:
    wire = Wire()
    with pytest.raises(NotFetched) as caught:
        fetcher(wire).fetch(address)
    assert caught.value.where == "address"
    assert len(caught.value.what) < 200, "a giant value is not repeated"
    assert caught.value.remedy != ""
    assert wire.connects == []


@pytest.mark.parametrize("address", CLOSED)
def test_a_redirect_leads_nowhere_that_an_editor_may_not_go(address: str) -> None:
    wire = Wire({OPEN: [leads_to(address.encode())]})
    with pytest.raises(NotFetched) as caught:
        fetcher(wire).fetch("https://front.example/")
    assert str(caught.value) == str(closed())
    assert wire.connects == [(OPEN, 443)]


@pytest.mark.parametrize(
    "location",
    [
        b"//127.0.0.1/",
        b"http:\\\\127.0.0.1/",
        b"http://93.184.216.34\\@127.0.0.1/",
        b"http://user@127.0.0.1/",
        b"///127.0.0.1",
        b"http://127.0.0.1 /",
        b"https://[::1",
        b"file://localhost/etc/passwd",
        b"http://\xff.0.0.1/",
    ],
)
def test_a_redirect_in_an_odd_form_leads_nowhere(location: bytes) -> None:
    wire = Wire({OPEN: [leads_to(location)]})
    with pytest.raises(NotFetched):
        fetcher(wire).fetch("https://front.example/")
    assert set(wire.connects) <= {(OPEN, 443)}


def test_a_name_that_changes_its_mind_is_asked_once_for_each_connection() -> None:
    turns = iter([[OPEN], ["127.0.0.1"]])
    wire = Wire({OPEN: [leads_to(b"/again")]})
    with pytest.raises(NotFetched) as caught:
        Fetcher(resolve=lambda _: next(turns), backend=wire).fetch("http://rebinding.example/")
    assert str(caught.value) == str(closed())
    assert wire.connects == [(OPEN, 80)]


def test_what_was_checked_is_what_is_connected_to() -> None:
    asked: list[str] = []

    def turning(host: str) -> list[str]:
        asked.append(host)
        return [OPEN] if len(asked) == 1 else ["127.0.0.1"]

    wire = Wire({OPEN: [page(b"text")]})
    assert Fetcher(resolve=turning, backend=wire).fetch("https://rebinding.example/").data == b"text"
    assert asked == ["rebinding.example"]
    assert wire.connects == [(OPEN, 443)]
    assert wire.streams[0].encrypted_for == "rebinding.example"
    assert b"\r\nHost: rebinding.example\r\n" in wire.streams[0].asked


@pytest.mark.parametrize("found", [f"::ffff:{OPEN}", "::ffff:5db8:d822"])
def test_a_number_inside_another_is_taken_out_before_it_is_connected_to(found: str) -> None:
    wire = Wire({OPEN: [page(b"text"), page(b"text")]})
    door = Fetcher(resolve=lambda _: [found], backend=wire)
    assert door.fetch("http://mapped.example/").data == door.fetch(f"http://[{found}]/").data == b"text"
    assert wire.connects == [(OPEN, 80), (OPEN, 80)]


def test_the_next_number_is_tried_where_one_does_not_answer() -> None:
    wire = Wire({OTHER: [page(b"text")]})
    assert Fetcher(resolve=lambda _: [OPEN, OTHER], backend=wire).fetch("http://two.example/").data == b"text"
    assert wire.connects == [(OPEN, 80), (OTHER, 80)]


def test_a_test_may_open_one_port_of_loopback_and_opens_nothing_else() -> None:
    wire = Wire({"127.0.0.1": [page(b"text"), page(b"text")]})
    door = Fetcher(
        resolve=lambda _: ["127.0.0.1"],
        allowed=lambda number, port: str(number) == "127.0.0.1" and port == 8123,
        backend=wire,
    )
    assert door.fetch("http://127.0.0.1:8123/").data == b"text"
    for address in ("http://127.0.0.1/", "http://127.0.0.2:8123/", "http://10.0.0.1/", f"http://{OPEN}/"):
        with pytest.raises(NotFetched):
            door.fetch(address)
    assert wire.connects == [("127.0.0.1", 8123)]
