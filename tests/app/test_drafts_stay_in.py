"""Drafts stay in: what readers are given does not differ by a byte, however much is added at the desk."""

import hashlib
import json
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import Engine, select

from kb.blobs import Blobs
from kb.db import reading, writing
from kb.desk.tables import ClaimText, Record
from kb.imports import import_corpus
from kb.projections.follow import catch_up
from kb.values.ids import new_id
from tests.app.conftest import Library
from tests.factories.corpus import BRIDGE, FILES, copied
from tests.support.anonymous import answers
from tests.support.reader import Reader

CANARY = "Zebrafinch"
# Every field of the corpus' files that an editor's own words go into.
PROSE = frozenset(
    [
        "statement",
        "question",
        "notes",
        "note",
        "reason",
        "text",
        "title",
        "label",
        "name",
        "short",
        "publisher",
        "publication",
        "author",
        "counted",
        "unit",
        "period_note",
        "counted_by",
        "date_note",
        "copy_of_words",
        "open_questions",
        "topics",
        "hedges",
        "boosters",
        "other_names",
    ]
)
# Words of the desk's own and of its drafts, in the forms that do not say again what was asked for.
SEARCHES = tuple(
    f"/search.{form}?kind=all&{asked}"
    for form in ("json", "csv")
    for asked in (
        "",
        f"q={CANARY}",
        f"q={CANARY}*",
        "q=bridge",
        "q=invented",
        "q=invented&verdict=supported",
        "q=survey&sort=newest",
        "q=-survey",
        "corrected=yes",
        "has=reply",
    )
)
SEARCH_PAGES = ("/search", "/search?q=survey", "/search?q=bridge&kind=all", "/search?verdict=disputed")


def marked(value: Any, key: str = "") -> Any:
    """The same with the canary before everything that is prose."""
    if isinstance(value, dict):
        return {name: marked(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [marked(inner, key) for inner in value]
    return f"{CANARY} {value}" if isinstance(value, str) and key in PROSE else value


def drafts_with_canaries(engine: Engine, blobs: Path, folder: Path) -> list[str]:
    """Import an invented corpus in which every word of the desk's is marked; gives the ids of the drafts."""
    copied(BRIDGE, folder)
    for name in FILES:
        data = json.loads((folder / name).read_text("utf-8"))
        (folder / name).write_text(json.dumps(marked(data), ensure_ascii=False), "utf-8")
    before = set(ids(engine))
    report = import_corpus(engine, folder, blobs=Blobs(blobs), method_version=1)
    assert report.as_json()["added"].get("claims", 0) > 0, report.in_words()
    assert CANARY in desk_words(engine)
    return [record for record in ids(engine) if record not in before]


def ids(engine: Engine) -> list[str]:
    with writing(engine) as session:
        return list(session.scalars(select(Record.id)))


def desk_words(engine: Engine) -> str:
    with writing(engine) as session:
        return " ".join(session.scalars(select(ClaimText.text)))


def everything(reader: Reader) -> dict[str, str]:
    """The hash of every anonymous answer that can be reached: pages, all their data, lists, log, errors."""
    found = {}
    for path, reply in answers(reader.ask, (*SEARCHES, *SEARCH_PAGES)):
        assert CANARY.encode() not in reply.content, path
        found[path] = hashed(path, reply)
    return found


def hashed(path: str, reply: httpx.Response) -> str:
    """Of status, headers and body. Whether the disk has space is told with a figure that moves by itself."""
    heads = sorted((name, value) for name, value in reply.headers.items() if name != "date")
    body = b"" if path == "/readyz" else reply.content
    return hashlib.sha256(repr((reply.status_code, heads)).encode() + body).hexdigest()


def test_readers_are_given_the_same_with_and_without_drafts(
    own_library: Library, engine: Engine, tmp_path: Path
) -> None:
    before = everything(own_library.reader)
    drafts = drafts_with_canaries(engine, tmp_path / "blobs", tmp_path / "corpus")
    catch_up(engine)
    after = everything(own_library.reader)
    assert len(before) > 100
    assert {path for path in before | after if before.get(path) != after.get(path)} == set()
    unknown = new_id()
    for kind in ("claims", "sources", "agents", "origins", "topics"):
        for record in drafts:
            assert alike(own_library.reader, f"/{kind}/{record}", record) == alike(
                own_library.reader, f"/{kind}/{unknown}", unknown
            ), f"a draft is told from nothing at /{kind}"


def alike(reader: Reader, path: str, name: str) -> tuple[int, str]:
    """Status and words, without the id that was asked for."""
    reply = reader.ask(path)
    return reply.status_code, reply.text.replace(name, "ID")


def test_no_public_table_holds_a_word_of_a_draft(own_library: Library, engine: Engine, tmp_path: Path) -> None:
    drafts_with_canaries(engine, tmp_path / "blobs", tmp_path / "corpus")
    catch_up(engine)
    public = (
        *("edition", "log_head", "projection_position", "catalogue_record", "catalogue_link", "catalogue_figure"),
        *("catalogue_text", "catalogue_facet", "catalogue_search"),
    )
    with reading(own_library.engine) as session:
        for table in public:
            for row in session.connection().exec_driver_sql(f"SELECT * FROM {table}"):
                words = " ".join(
                    cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell) for cell in row
                )
                # The search holds all words in small letters.
                assert CANARY.lower() not in words.lower(), table
