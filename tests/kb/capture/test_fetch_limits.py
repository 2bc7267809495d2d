"""Bombs, slow and lying servers: each is stopped by the limit that is named for it, and memory stays flat."""

import itertools
import random
import time
import tracemalloc
import zlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from threading import TIMEOUT_MAX, Event

import pytest

from kb.capture.fetch import Fetched, Fetcher, Limits, NotFetched
from tests.support.trickster import Sends, tricking

MEGABYTE = 1_000_000
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
# The house's sizes. A busy machine gets all the time it wants where bytes are what is looked at.
PATIENT = Limits(deadline=120, connect=60, idle=60, wait=60)


def members(plain: bytes) -> tuple[bytes, bytes]:
    """The beginning of a gzip stream, and a block of it that may be sent again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    first = packer.compress(plain) + packer.flush(zlib.Z_FULL_FLUSH)
    return first, packer.compress(plain) + packer.flush(zlib.Z_FULL_FLUSH)


def bomb(over: Event) -> Iterator[bytes]:
    """600 MB of nothing in some 600 KB."""
    first, again = members(bytes(MEGABYTE))
    yield HEAD + b"Content-Encoding: gzip\r\n\r\n" + first
    yield from itertools.repeat(again, 599)


def dense(over: Event) -> Iterator[bytes]:
    """Unpacks to about 50 times its size, without an end: below the ratio, so that the size has to stop it."""
    first, again = members(random.Random(1).randbytes(20_000) * 50)
    yield HEAD + b"Content-Encoding: gzip\r\n\r\n" + first
    yield from itertools.repeat(again)


def endless(over: Event) -> Iterator[bytes]:
    yield HEAD + b"\r\n"
    yield from itertools.repeat(random.Random(1).randbytes(MEGABYTE))


def endless_chunks(over: Event) -> Iterator[bytes]:
    """A byte at a time, each with a frame much larger than itself."""
    yield HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
    yield from itertools.repeat((b"1;" + b"x" * 2_000 + b"\r\na\r\n") * 100)


def every(seconds: float, start: bytes, piece: bytes) -> Sends:
    def sends(over: Event) -> Iterator[bytes]:
        yield start
        while not over.wait(seconds):
            yield piece

    return sends


def says(*pieces: bytes) -> Sends:
    def sends(over: Event) -> Iterable[bytes]:
        return pieces

    return sends


def silent(over: Event) -> Iterator[bytes]:
    yield HEAD
    over.wait()


def fetch(sends: Sends, limits: Limits = PATIENT) -> Fetched:
    with tricking({"/": sends}) as port:
        door = Fetcher(allowed=lambda number, at: number.is_loopback and at == port, limits=limits)
        return door.fetch(f"http://127.0.0.1:{port}/")


@contextmanager
def flat(megabytes: int) -> Iterator[None]:
    """Fails when more than this was held at once, by whichever thread."""
    tracemalloc.start(1)
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < megabytes * MEGABYTE


@pytest.mark.parametrize(
    ("sends", "named"),
    [
        (bomb, "The page unpacks to more than 100 times what was sent."),
        (dense, "The page is larger than 50 MB when unpacked."),
        (endless, "The page is larger than 25 MB."),
        (endless_chunks, "The page is larger than 25 MB."),
        (says(HEAD + b"Content-Length: 25000001\r\n\r\n"), "The page is larger than 25 MB."),
        (every(0, HEAD, b"X-More: " + b"x" * 1_000 + b"\r\n"), "The headers before the page are larger than 64 KB."),
        (every(0, HEAD + b"X: ", b"x" * 5_000), "The headers before the page are larger than 64 KB."),
        (every(0, b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 40), "The headers before the page are larger than 64 KB."),
    ],
    ids=["bomb", "dense", "endless", "chunks", "said size", "many headers", "long header", "continue"],
)
def test_too_much_is_stopped_by_its_limit(sends: Sends, named: str) -> None:
    with flat(megabytes=64), pytest.raises(NotFetched) as caught:
        fetch(sends)
    assert caught.value.what == named
    assert caught.value.remedy == "Paste the text, or upload the file."


@pytest.mark.parametrize(
    ("sends", "named"),
    [
        (every(0.02, HEAD + b"\r\n", b"x"), "The page did not arrive within 0.5 seconds."),
        (every(0.02, HEAD + b"X: ", b"x"), "The page did not arrive within 0.5 seconds."),
    ],
    ids=["body", "headers"],
)
def test_a_byte_now_and_then_meets_the_deadline(sends: Sends, named: str) -> None:
    with pytest.raises(NotFetched) as caught:
        fetch(sends, replace(PATIENT, deadline=0.5))
    assert caught.value.what == named


@pytest.mark.parametrize("sends", [silent, every(60, HEAD + b"\r\nbegun", b"")], ids=["head", "body"])
def test_silence_is_stopped(sends: Sends) -> None:
    with pytest.raises(NotFetched) as caught:
        fetch(sends, replace(PATIENT, idle=0.3))
    assert caught.value.what == "The page's server sent nothing for 0.3 seconds."


@pytest.mark.parametrize(
    ("sends", "named"),
    [
        (says(HEAD + b"Content-Length: 10\r\n\r\nhalf"), "broke off"),
        (says(HEAD + b"Content-Length: ten\r\n\r\n"), "broke off"),
        (says(HEAD + b"Content-Length: -1\r\n\r\n"), "broke off"),
        (says(HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"), "broke off"),
        (says(HEAD + b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\n"), "broke off"),
        (says(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"), "broke off"),
        (says(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhal"), "broke off"),
        (says(b"SSH-2.0-OpenSSH_9.2\r\n"), "broke off"),
        (says(b"\x00" * 1_000), "broke off"),
        (says(), "broke off"),
        (says(HEAD + b"\r\n"), "an empty page"),
        (says(HEAD + b"Content-Length: 0\r\n\r\n"), "an empty page"),
        (says(HEAD + b"Content-Encoding: gzip\r\n\r\n" + zlib.compress(b"text", wbits=31)[:-9]), "cut off"),
        (says(HEAD + b"Content-Encoding: gzip\r\n\r\nno such thing"), "cannot be unpacked"),
        (says(HEAD + b"Content-Encoding: br\r\n\r\n\x0b\x02"), "not asked for"),
        (says(HEAD + b"Content-Encoding: gzip, gzip\r\n\r\n"), "not asked for"),
    ],
)
def test_a_server_that_lies_is_not_believed(sends: Sends, named: str) -> None:
    with pytest.raises(NotFetched, match=named):
        fetch(sends)


def test_what_follows_the_page_is_left_where_it_is() -> None:
    assert fetch(says(HEAD + b"Content-Length: 4\r\n\r\ntext and more")).data == b"text"


def test_an_old_server_that_ends_by_hanging_up_is_read_to_its_end() -> None:
    assert fetch(says(b"HTTP/1.0 200 OK\r\n\r\nte", b"xt")).data == b"text"


def test_a_large_honest_page_is_held_once() -> None:
    body = random.Random(1).randbytes(24 * MEGABYTE)
    with flat(megabytes=64):
        got = fetch(says(HEAD + b"Content-Length: 24000000\r\n\r\n", body))
    assert got.data == body


@pytest.mark.parametrize("location", [b"/", b"/more", b"?again"])
def test_redirects_end_after_five(location: bytes) -> None:
    asked: list[str] = []

    def sends(over: Event) -> Iterable[bytes]:
        asked.append("")
        return [b"HTTP/1.1 301 Moved\r\nContent-Length: 0\r\nLocation: " + location + b"\r\n\r\n"]

    with tricking({"/": sends, "/more": sends, "/?again": sends}) as port:
        door = Fetcher(allowed=lambda number, at: number.is_loopback and at == port, limits=PATIENT)
        with pytest.raises(NotFetched, match="leads on to others more than 5 times"):
            door.fetch(f"http://127.0.0.1:{port}/")
    assert len(asked) == 6


def test_a_closed_port_is_no_page() -> None:
    with tricking({}) as port:
        pass
    door = Fetcher(allowed=lambda number, _: number.is_loopback, limits=PATIENT)
    with pytest.raises(NotFetched, match=r"No connection to 127\.0\.0\.1 came about"):
        door.fetch(f"http://127.0.0.1:{port}/")


def test_a_server_without_encryption_is_not_spoken_to_in_the_clear() -> None:
    with tricking({}) as port:
        door = Fetcher(allowed=lambda number, _: number.is_loopback, limits=PATIENT)
        with pytest.raises(NotFetched, match=r"No encrypted connection to 127\.0\.0\.1 came about"):
            door.fetch(f"https://127.0.0.1:{port}/")


def test_a_resolver_that_never_answers_keeps_nobody_waiting() -> None:
    answer = Event()

    def stuck(host: str) -> list[str]:
        answer.wait()
        return []

    door = Fetcher(resolve=stuck, limits=Limits(connect=0.05))
    try:
        # More of them than there are threads for names: those behind are refused in the same words.
        for number in range(10):
            with pytest.raises(NotFetched) as caught:
                door.fetch(f"http://host{number}.example/")
            assert caught.value.what == f"Looking up host{number}.example took too long."
    finally:
        answer.set()


@pytest.mark.parametrize("found", [[], ["no number"], OSError("no such name"), UnicodeError("too long")])
def test_a_name_that_nobody_knows(found: list[str] | Exception) -> None:
    def resolve(host: str) -> list[str]:
        if isinstance(found, Exception):
            raise found
        return found

    with pytest.raises(NotFetched, match=r"No server is known by the name gone\.example\."):
        Fetcher(resolve=resolve).fetch("http://gone.example/")


def outcome(door: Fetcher, address: str) -> str:
    try:
        return door.fetch(address).data.decode()
    except NotFetched as refused:
        return refused.what


@pytest.mark.parametrize(
    ("hosts", "named"),
    [
        (["a", "b", "c", "d", "e"], "Too many pages are being fetched just now."),
        (["a", "a"], "Another page of a.example is being fetched just now."),
    ],
)
def test_few_fetch_at_once_and_one_from_each_host(hosts: list[str], named: str) -> None:
    asked: list[str] = []
    go_on = Event()

    def sends(over: Event) -> Iterator[bytes]:
        asked.append("")
        go_on.wait(60)
        yield HEAD + b"Content-Length: 4\r\n\r\ntext"

    with tricking({"/": sends}) as port:
        door = Fetcher(
            resolve=lambda _: ["127.0.0.1"],
            allowed=lambda _, at: at == port,
            limits=replace(PATIENT, wait=0.1),
        )
        *first, last = [f"http://{host}.example:{port}/" for host in hosts]
        with ThreadPoolExecutor(len(first)) as threads:
            waiting = [threads.submit(outcome, door, address) for address in first]
            while len(asked) < len(first):
                time.sleep(0.005)
            refused = outcome(door, last)
            go_on.set()
            assert [one.result() for one in waiting] == ["text"] * len(first)
        assert refused == named
        assert outcome(door, last) == "text", "the places were given back"


def test_two_pages_of_one_host_come_one_after_the_other() -> None:
    inside: list[int] = []
    most: list[int] = []

    def sends(over: Event) -> Iterator[bytes]:
        inside.append(1)
        most.append(len(inside))
        over.wait(0.02)
        inside.pop()
        yield HEAD + b"Content-Length: 4\r\n\r\ntext"

    with tricking({"/": sends}) as port:
        # With these limits nobody goes on by having waited long enough, only by being told.
        limits = Limits(deadline=TIMEOUT_MAX, connect=60, idle=60, wait=TIMEOUT_MAX)
        door = Fetcher(resolve=lambda _: ["127.0.0.1"], allowed=lambda _, at: at == port, limits=limits)
        with ThreadPoolExecutor(6) as threads:
            found = list(threads.map(lambda _: outcome(door, f"http://one.example:{port}/"), range(6)))
    assert found == ["text"] * 6
    assert most == [1] * 6
