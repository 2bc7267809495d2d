"""One question and its answer, over a connection that is open."""

from dataclasses import dataclass

import httpcore

from kb.capture.door.address import Address
from kb.capture.door.body import Body
from kb.capture.door.limits import Limits, size
from kb.capture.door.refusal import NotFetched, answered
from kb.capture.door.stream import Counted

_MOVED = (301, 302, 303, 307, 308)
_ACCEPT = "text/html, application/xhtml+xml, application/pdf, text/plain;q=0.9, */*;q=0.1"
# A type of media is never longer; what is would only be carried along.
_TYPE_LENGTH = 255


@dataclass(frozen=True)
class Answer:
    """Either the page, or where it has moved to."""

    data: bytes
    content_type: str | None
    moved_to: bytes | None = None


def ask(stream: Counted, at: Address, agent: str, limits: Limits) -> Answer:
    """GET, without cookies and without anything else that would tell one editor from another."""
    url = httpcore.URL(scheme=at.scheme, host=at.host, port=at.port, target=at.target)
    headers = [
        ("Host", at.authority),
        ("User-Agent", agent),
        ("Accept", _ACCEPT),
        ("Accept-Encoding", "gzip"),
        ("Connection", "close"),
    ]
    try:
        with (
            httpcore.HTTP11Connection(url.origin, stream) as connection,
            connection.stream("GET", url, headers=headers) as response,
        ):
            stream.head_open = False
            return _read(response, limits)
    except httpcore.RemoteProtocolError:
        raise NotFetched("The page's server broke off, or did not keep to the rules of HTTP.") from None
    except (httpcore.WriteTimeout, httpcore.WriteError):
        raise NotFetched("The page's server does not take the question.") from None


def _read(response: httpcore.Response, limits: Limits) -> Answer:
    if response.status in _MOVED and (location := _header(response, b"location")):
        return Answer(b"", None, location)
    if not 200 <= response.status < 300:
        raise answered(response.status)
    # h11 has seen to it that there is one length at most, and that it is a number.
    if int(_header(response, b"content-length") or 0) > limits.raw:
        raise NotFetched(f"The page is larger than {size(limits.raw)}.")
    body = Body((_header(response, b"content-encoding") or b"").decode("latin-1"), limits)
    for chunk in response.iter_stream():
        body.take(chunk)
    kind = (_header(response, b"content-type") or b"").decode("latin-1")
    return Answer(body.whole(), kind if 0 < len(kind) <= _TYPE_LENGTH else None)


def _header(response: httpcore.Response, name: bytes) -> bytes | None:
    """All lines of that name as one, which is what HTTP takes them for."""
    found = [value for key, value in response.headers if key.lower() == name]
    return b", ".join(found) if found else None
