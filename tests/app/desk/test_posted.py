"""What a browser sends, and what no browser sends: each is answered clearly, and none with an error of ours."""

import re
from collections.abc import AsyncIterator, Iterator, Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import func, select

from kb.db import reading
from kb.desk.tables import History, Topic
from tests.support.desk import HOST, Editor, TestDesk
from tests.support.rooms import token_of

OWN = {"Origin": HOST, "Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
URLENCODED = "application/x-www-form-urlencoded"
NEW = "/desk/topics/new"
PART = '--x\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{value}\r\n'


@pytest.fixture(scope="module")
def sender(common_desk: TestDesk) -> tuple[Editor, str]:
    editor = common_desk.editor("R. Roe", "editor")
    return editor, token_of(editor)


def post(editor: Editor, body: bytes, kind: str = URLENCODED, path: str = NEW) -> tuple[int, str]:
    reply = editor.ask("POST", path, content=body, headers={**OWN, "Content-Type": kind.encode()})
    assert reply.headers["cache-control"] == "no-store"
    return reply.status_code, reply.text


def parts(token: str, **fields: str) -> str:
    return "".join(PART.format(name=name, more="", value=value) for name, value in {"token": token, **fields}.items())


def topics(desk: TestDesk) -> int:
    with reading(desk.app.state.desk.readers) as session:
        return session.scalar(select(func.count()).select_from(Topic)) or 0


@pytest.mark.parametrize(
    ("what", "status"),
    [
        ("&".join(f"f{number}=" for number in range(2_000)), 415),
        ("&" * 3_000, 422),
        ("label=" + "x" * 12_900_000, 422),
        ("label=" + "x" * 13_000_000, 413),
        ("x" * 12_000_000 + "=x", 422),
        ("label=%ZZ%&slug=%C3%28&=&==&label", 422),
        ("label=%00&slug=a%00b", 422),
        ("label=%ED%A0%80&language=%FF%FE", 422),
        ("label=H&slug=%E2%80%AE%0D%0A", 422),
        ("identifiers.%C2%B2.value=x&identifiers.99999999999.value=x&label=", 422),
        ("do=add%3Aidentifiers&identifiers.9999.value=x", 200),
        ("do=up%3Aidentifiers.%C2%B2&do=remove%3Ax.1&label=", 422),
        ("do=add%3A" + "x" * 100_000, 200),
        ("revision=1-&broader=%5B000000000%5D&label=x", 422),
    ],
)
def test_odd_fields_are_refused_in_words(sender: tuple[Editor, str], what: str, status: int) -> None:
    editor, token = sender
    found, text = post(editor, f"token={token}&{what}".encode())
    assert found == status, text[:2000]
    # What was typed stands in its field again; no message holds all of it.
    said = re.sub(r"(?s)<(textarea|input)\b.*?>", "", text)
    assert len(said) < 40_000


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("multipart/form-data", "x", 415),
        ("multipart/form-data; boundary=", "x", 415),
        ("multipart/form-data; boundary=" + "x" * 5_000, "x", 415),
        ("multipart/form-data; boundary=é", "x", 415),
        ("multipart/form-data; boundary=x", "", 403),
        ("multipart/form-data; boundary=x", "nothing of the kind", 415),
        ("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data\r\n\r\nv\r\n--x--", 415),
        ("multipart/form-data; boundary=x", "--x\r\n\r\nv\r\n--x--", 415),
        ("multipart/form-data; boundary=x", "--x\r\nbroken head\r\n\r\n", 415),
        ("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: " + "x" * 100_000, 415),
        ("multipart/form-data; boundary=x; charset=idna", "{parts}--x--", 415),
        ("multipart/form-data; boundary=x; charset=unicode_escape", "{parts}--x--", 415),
        ("multipart/form-data; boundary=x; charset=a\0b", "{parts}--x--", 415),
        ("multipart/form-data; boundary=x; charset=utf-8", "{parts}--x--", 303),
        (
            "multipart/form-data; boundary=x",
            "{parts}" + PART.format(name="é\0", more="", value="\ud800") + "--x--",
            303,
        ),
        ("Multipart/Form-Data ; BOUNDARY=x", "{parts}--x--", 303),
        ("application/x-www-form-urlencoded; charset=utf-16", "token={token}", 415),
    ],
)
def test_broken_forms_are_refused(
    common_desk: TestDesk, sender: tuple[Editor, str], kind: str, body: str, status: int
) -> None:
    editor, token = sender
    filled = body.replace("{parts}", parts(token, label=f"Topic {topics(common_desk)}")).replace("{token}", token)
    found, text = post(editor, filled.encode("utf-8", "surrogatepass"), kind)
    assert found == status, text[:2000]


def test_many_files_and_parts_are_refused(sender: tuple[Editor, str]) -> None:
    editor, token = sender
    files = "".join(PART.format(name=f"f{n}", more='; filename="a.txt"', value="x") for n in range(3))
    fields = "".join(PART.format(name=f"f{n}", more="", value="x") for n in range(2_000))
    for more in (files, fields):
        assert post(editor, f"{parts(token)}{more}--x--".encode(), "multipart/form-data; boundary=x")[0] == 415


def test_a_name_of_a_file_leads_nowhere(common_desk: TestDesk, sender: tuple[Editor, str]) -> None:
    editor, token = sender
    for name in ("../../etc/passwd", "C:\\\\a", "a\0b", "", "é" * 5_000, "x.html\\r\\nX-Evil: 1", "con"):
        file = PART.format(name="file", more=f'; filename="{name}"', value="\0\x01\x02")
        status, _ = post(
            editor, f"{parts(token)}{file}--x--".encode(), "multipart/form-data; boundary=x", "/desk/bring-in"
        )
        assert status in (303, 415, 422), name


class Endless:
    """A body that says nothing of its length, and how much of it was asked for."""

    def __init__(self) -> None:
        self.given = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while self.given < 10_000_000_000:
            self.given += 100_000
            yield b"x" * 100_000


def test_no_more_is_read_than_is_taken(sender: tuple[Editor, str]) -> None:
    editor, _ = sender
    for kind in (URLENCODED, "multipart/form-data; boundary=x"):
        body = Endless()
        start = b"--x\r\nContent-Disposition: form-data; name=a; filename=b\r\n\r\n"

        async def sent(start: bytes = start, body: Endless = body) -> AsyncIterator[bytes]:
            yield start
            async for chunk in body:
                yield chunk

        reply = editor.ask("POST", NEW, content=sent(), headers={**OWN, "Content-Type": kind})
        assert reply.status_code == 413, kind
        assert "At most 13 MB" in reply.text
        assert body.given < 14_000_000


@pytest.mark.parametrize("length", ["99999999999999999999999999", "13000001", "²", "-1", "1e9", ""])
def test_a_length_that_is_named_is_believed_only_when_too_great(sender: tuple[Editor, str], length: str) -> None:
    editor, token = sender
    heads = {**OWN, "Content-Type": URLENCODED, "Content-Length": length.encode("latin-1")}
    reply = editor.ask("POST", NEW, content=f"token={token}".encode(), headers=heads)
    assert reply.status_code == (413 if length.isascii() and length.isdigit() else 422)


NAMES = some.sampled_from(["label", "slug", "language", "broader", "do", "revision", "identifiers.0.value", "x"])
WORDS = some.one_of(some.text(max_size=40), some.sampled_from(["add:identifiers", "up:identifiers.0", "0-0", "é\0"]))


@given(body=some.one_of(some.binary(max_size=300), some.dictionaries(NAMES, WORDS).map(lambda one: one)))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_sent_is_no_error_of_ours(sender: tuple[Editor, str], body: bytes | Mapping[str, str]) -> None:
    editor, token = sender
    if isinstance(body, bytes):
        for kind in (URLENCODED, "multipart/form-data; boundary=x"):
            assert post(editor, b"--x\r\n" + body, kind)[0] in (303, 403, 415)
            assert post(editor, f"token={token}&".encode() + body)[0] in (200, 303, 409, 415, 422)
    else:
        fields = {name: value.encode("utf-8", "replace") for name, value in body.items()}
        reply = editor.ask("POST", NEW, data={**fields, "token": token}, headers=OWN)
        # 409 where an earlier body has taken the address already.
        assert reply.status_code in (200, 303, 409, 422)


def test_what_is_refused_leaves_no_trace(common_desk: TestDesk, sender: tuple[Editor, str]) -> None:
    editor, token = sender

    def rows() -> Iterator[int]:
        with reading(common_desk.app.state.desk.readers) as session:
            for table in (History, Topic):
                yield session.scalar(select(func.count()).select_from(table)) or 0

    before = list(rows())
    for body in (
        f"token={token}&label=%00",
        f"token={token}&label=x&broader=nobody",
        "label=x",
        f"token={token}&do=add%3Ax",
    ):
        post(editor, body.encode())
    assert list(rows()) == before
