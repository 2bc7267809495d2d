"""What comes of an answer: the page with its provenance, or a refusal in words."""

import ssl
import zlib

import httpcore
import pytest

from kb.capture.door.stream import certificates
from kb.capture.fetch import Fetcher, NotFetched
from tests.support.wire import Wire, leads_to, page

OPEN = "93.184.216.34"
OTHER = "151.101.1.69"
NAMES = {"one.example": [OPEN], "two.example": [OTHER], "xn--bcher-kva.example": [OTHER]}


def fetcher(wire: Wire) -> Fetcher:
    return Fetcher(resolve=lambda host: NAMES[host], backend=wire)


def test_a_page_comes_with_where_and_when_it_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    wire = Wire({OPEN: [page(b"<p>text", "Content-Type: text/html; charset=latin-1", "Set-Cookie: a=b")]})
    got = fetcher(wire).fetch("  HTTPS://One.Example:443?q=ä#part\n")
    assert got.data == b"<p>text"
    assert got.content_type == "text/html; charset=latin-1"
    assert got.requested == got.address == "https://one.example/?q=%C3%A4"
    assert len(got.retrieved_on) == 20
    assert got.retrieved_on.endswith("Z")
    assert got.retrieved_with.startswith("Claimbase 0.")
    assert wire.connects == [(OPEN, 443)]


def test_the_question_tells_who_asks_and_nothing_else() -> None:
    wire = Wire({OPEN: [page(b"text")]})
    fetcher(wire).fetch("http://one.example/a%20b?c")
    first, *headers = wire.streams[0].asked.decode().split("\r\n")
    assert first == "GET /a%20b?c HTTP/1.1"
    named = dict(line.split(": ", 1) for line in headers if line)
    assert list(named) == ["Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"]
    assert named["Host"] == "one.example"
    assert named["User-Agent"].startswith("Claimbase/")
    assert named["Accept-Encoding"] == "gzip"
    assert wire.streams[0].closed


def test_redirects_are_followed_from_host_to_host_without_cookies() -> None:
    wire = Wire(
        {
            OPEN: [leads_to(b"/a b|[c]%zz#d"), leads_to("http://b\u00fccher.example/\u00e4?x=\u00e4".encode())],
            OTHER: [leads_to(b"//two.example/l\xe4\\"), page(b"text")],
        }
    )
    got = fetcher(wire).fetch("https://one.example/start")
    assert got.requested == "https://one.example/start"
    assert got.address == "http://two.example/l%C3%A4%5C"
    assert [stream.asked.split(b" ")[1] for stream in wire.streams] == [
        b"/start",
        b"/a%20b%7C%5Bc%5D%25zz",
        b"/%C3%A4?x=%C3%A4",
        b"/l%C3%A4%5C",
    ]
    assert [stream.encrypted_for for stream in wire.streams] == ["one.example", "one.example", None, None]
    assert b"\r\nHost: xn--bcher-kva.example\r\n" in wire.streams[2].asked
    assert not any(b"ookie" in stream.asked for stream in wire.streams)
    assert all(stream.closed for stream in wire.streams)


@pytest.mark.parametrize(
    ("status", "what"),
    [
        ("401 x", "The page's server asks for a sign-in (401 Unauthorized)."),
        ("402 x", "The page's server asks for payment (402 Payment Required)."),
        ("403 x", "The page's server does not let us read the page (403 Forbidden)."),
        ("404 x", "The page's server has no page at this address (404 Not Found)."),
        ("410 x", "The page's server says that the page is gone for good (410 Gone)."),
        ("429 x", "The page's server has had too many requests from here (429 Too Many Requests)."),
        ("500 <b>", "The page's server reports trouble of its own (500 Internal Server Error)."),
        ("503 x", "The page's server reports trouble of its own (503 Service Unavailable)."),
        ("599 x", "The page's server reports trouble of its own (599)."),
        ("302 x", "The page's server answers with something else than the page (302 Found)."),
        ("304 x", "The page's server answers with something else than the page (304 Not Modified)."),
        ("999 x", "The page's server reports trouble of its own (999)."),
    ],
)
def test_any_other_answer_is_told_in_words(status: str, what: str) -> None:
    wire = Wire({OPEN: [page(b"secret", status=status)]})
    with pytest.raises(NotFetched) as caught:
        fetcher(wire).fetch("http://one.example/")
    assert caught.value.what == what
    assert caught.value.remedy.lower().endswith("paste the text, or upload the file.")
    assert wire.streams[0].closed


TEXT = b"Ein Satz. " * 9_000


@pytest.mark.parametrize(
    ("coding", "sent"),
    [
        ("identity", TEXT),
        ("gzip", zlib.compress(TEXT, wbits=31)),
        ("X-GZIP", zlib.compress(TEXT, wbits=31)),
        ("gzip", zlib.compress(TEXT[:77_777], wbits=31) + zlib.compress(TEXT[77_777:], wbits=31)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", zlib.compress(TEXT, wbits=-15)),
    ],
)
@pytest.mark.parametrize("step", [1, 7, 1_000_000])
def test_a_packed_page_is_unpacked_whole(coding: str, sent: bytes, step: int) -> None:
    pieces = [sent[at : at + step] for at in range(0, len(sent), step)]
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
    head = f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: {coding}\r\n\r\n".encode()
    assert fetcher(Wire({OPEN: [head + chunks]})).fetch("http://one.example/").data == TEXT


def test_a_bare_stream_is_unpacked_to_its_last_letter() -> None:
    # Steps of 65,536: the last of them ends in the middle of what the last bits of the stream stand for.
    for length in range(65_500, 65_900, 7):
        text = b"a" * length
        answer = page(zlib.compress(text, wbits=-15), "Content-Encoding: deflate")
        assert fetcher(Wire({OPEN: [answer]})).fetch("http://one.example/").data == text


@pytest.mark.parametrize("header", ["X: y", "Content-Type:", f"Content-Type: {'a' * 300}"])
def test_a_type_that_says_nothing_is_none(header: str) -> None:
    assert fetcher(Wire({OPEN: [page(b"text", header)]})).fetch("http://one.example/").content_type is None


def test_the_environment_brings_no_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/no/such/file")
    certificates.cache_clear()
    assert len(certificates().get_ca_certs()) > 50
    assert certificates().verify_mode == ssl.CERT_REQUIRED
    assert certificates().check_hostname


class Distrusted(Wire):
    """Encryption fails on this wire, for the reason given."""

    def __init__(self, reason: Exception) -> None:
        super().__init__({OPEN: [b""]})
        self._reason = reason

    def connect_tcp(self, *arguments: object, **named: object) -> httpcore.NetworkStream:
        stream = super().connect_tcp(OPEN, 443)
        reason = self._reason

        def fails(*arguments: object, **named: object) -> httpcore.NetworkStream:
            raise httpcore.ConnectError(str(reason)) from reason

        stream.start_tls = fails  # type: ignore[method-assign]
        return stream


@pytest.mark.parametrize(
    ("reason", "named"),
    [
        (ssl.SSLCertVerificationError("self-signed"), "The certificate of one.example does not prove"),
        (ssl.SSLError("handshake"), "No encrypted connection to one.example came about"),
    ],
)
def test_a_certificate_that_does_not_hold_is_no_page(reason: Exception, named: str) -> None:
    wire = Distrusted(reason)
    with pytest.raises(NotFetched, match=named):
        fetcher(wire).fetch("https://one.example/")
    assert wire.streams[0].closed
    assert wire.streams[0].asked == b""
