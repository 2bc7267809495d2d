"""A token in each field of each table of the desk: wherever one of them turns up, it names where it came from."""

import base64
import html
from collections.abc import Container, Iterator, Mapping
from typing import Any
from urllib.parse import unquote_to_bytes

from sqlalchemy import JSON, Column, Connection, String, Table, Update, func, literal, update
from sqlalchemy.exc import DBAPIError

from kb.db import DeskTable

# In small letters, since searches fold what they hold.
MARK = "zqfinch"


def put_in(connection: Connection, what: str = "", only: Container[str] | None = None) -> Mapping[str, str]:
    """Token → table and column, for every column of words that the database lets have one, or only those so named.

    `what` follows the token.

    What it does not let have one is of a closed list, or names another row.
    """
    found = {}
    for table in DeskTable.metadata.sorted_tables:
        for column in table.columns:
            token = f"{MARK}{len(found):03d}q"
            if not _takes_words(column) or (only is not None and column.name not in only):
                continue
            if _was_put_in(connection, table, column, token + what):
                found[token] = f"{table.name}.{column.name}"
    return found


def _takes_words(column: Column[Any]) -> bool:
    is_words = isinstance(column.type, String | JSON)
    # By these a held text is found in its file; a canary inside of the text itself is put there by the test.
    return is_words and not column.primary_key and not column.foreign_keys and not column.name.endswith("sha256")


def _was_put_in(connection: Connection, table: Table, column: Column[Any], token: str) -> bool:
    """In every row; where a rule wants some to be empty, in those that are not."""
    is_json = isinstance(column.type, JSON)
    value = {"note": token} if is_json else literal(token + " ") + func.coalesce(column, "")
    everywhere = update(table).values({column: value})
    return _was_taken(connection, everywhere) or _was_taken(connection, everywhere.where(column.is_not(None)))


def _was_taken(connection: Connection, given: Update) -> bool:
    try:
        with connection.begin_nested():
            return connection.execute(given).rowcount > 0
    except DBAPIError:
        return False


def within(answer: bytes) -> Iterator[str]:
    """How tokens are written in an answer: as they are, in an address, as entities, in base 64."""
    mark = MARK.encode()
    if mark in answer.lower():
        yield _around(answer, answer.lower().index(mark))
    plain = unquote_to_bytes(answer).lower()
    if mark in plain:
        yield f"in an address: {_around(plain, plain.index(mark))}"
    unescaped = html.unescape(answer.decode("utf-8", "replace")).lower()
    if MARK in unescaped:
        yield f"as entities: {unescaped[unescaped.index(MARK) :][:40]}"
    for piece in _in_base64(mark):
        if piece in answer:
            yield f"in base 64: {_around(answer, answer.index(piece))}"


def _in_base64(mark: bytes) -> Iterator[bytes]:
    """Three ways, after where the word begins; what depends on its neighbours is cut off."""
    for ahead in range(3):
        written = base64.b64encode(b"\0" * ahead + mark)
        first = -(-8 * ahead // 6)
        yield written[first : (ahead + len(mark)) * 8 // 6]


def _around(answer: bytes, at: int) -> str:
    return answer[at : at + 40].decode("utf-8", "replace")
