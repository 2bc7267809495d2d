"""A file that cannot be read: nothing begins, and it is said which one, where, and what to do."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from kb.desk.actors import LOCAL_OPERATOR
from kb.errors import CannotStart
from kb.imports.seed.job import Run
from kb.imports.seed.reading import Doubled, NoNumber, read_files
from kb.imports.seed.work import import_seed
from tests.factories.corpus import BRIDGE, Kept, copied, edit


def rewritten(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        (folder / name).write_bytes(change((folder / name).read_bytes()))

    return spoil


def missing(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def folder_instead(folder: Path) -> None:
    (folder / "claims.json").unlink()
    (folder / "claims.json").mkdir()


DEFECTS: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "truncated": (rewritten("evidence.json", lambda data: data[:5000]), "evidence.json", "ends before it is whole"),
    "empty": (rewritten("claims.json", lambda _: b""), "claims.json", "line 1, column 1"),
    "comma-too-many": (
        rewritten("claims.json", lambda data: data.replace(b'"entities": [', b'"entities": [,')),
        "claims.json",
        "column",
    ),
    "latin-1": (
        rewritten("claims.json", lambda data: data.replace(b"Invented", b"Erf\xfcnden")),
        "claims.json",
        "0xfc) is not UTF-8",
    ),
    "utf-16": (rewritten("claims.json", lambda data: data.decode().encode("utf-16")), "claims.json", "is not UTF-8"),
    "byte-order-mark": (
        rewritten("claims.json", lambda data: b"\xef\xbb\xbf" + data),
        "claims.json",
        "byte order mark",
    ),
    "unknown-schema": (
        rewritten("claims.json", lambda data: data.replace(b"seed-claims/1", b"seed-claims/2")),
        "claims.json",
        "claimbase-seed-claims/2",
    ),
    "swapped-files": (
        lambda folder: (folder / "evidence.json").write_bytes((folder / "claims.json").read_bytes()),
        "evidence.json",
        "not claimbase-seed-evidence/1",
    ),
    "no-object": (rewritten("claims.json", lambda _: b"[]"), "claims.json", "does not hold an object"),
    "unknown-key": (
        lambda folder: edit(folder, "claims.json", lambda all_: all_.update(shoes=[])),
        "claims.json",
        "shoes",
    ),
    "key-twice": (
        rewritten("evidence.json", lambda data: data.replace(b'"origins": [', b'"origins": [], "origins": [')),
        "evidence.json",
        "stands twice",
    ),
    "no-list": (
        lambda folder: edit(folder, "assessments.json", lambda all_: all_.update(assessments={})),
        "assessments.json",
        "assessments",
    ),
    "no-source": (lambda folder: edit(folder, "claims.json", lambda all_: all_.pop("source")), "claims.json", "source"),
    "nested-too-deep": (
        rewritten("claims.json", lambda data: data.replace(b'"living": null', b'"living": ' + b"[" * 500 + b"]" * 500)),
        "claims.json",
        "nested deeper",
    ),
    "digits-without-end": (
        rewritten("evidence.json", lambda data: data.replace(b'"value": 41200000', b'"value": ' + b"9" * 5000)),
        "evidence.json",
        "a number that is too long",
    ),
    "claims-missing": (missing("claims.json"), "claims.json", "cannot be read"),
    "assessments-missing": (missing("assessments.json"), "assessments.json", "cannot be read"),
    "a-folder-instead": (folder_instead, "claims.json", "cannot be read"),
    "article-in-latin-1": (
        rewritten("article.txt", lambda data: data.decode().replace("🌉", "").encode("latin-1") + b"\xe9"),
        "article.txt",
        "is not UTF-8",
    ),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_each_defect_stops_it_before_it_begins(defect: str, tmp_path: Path) -> None:
    spoil, file, problem = DEFECTS[defect]
    folder = copied(BRIDGE, tmp_path / "bad")
    spoil(folder)
    with pytest.raises(CannotStart) as caught:
        read_files(folder)
    assert caught.value.where.endswith(file)
    assert problem in caught.value.what
    assert caught.value.remedy


def test_a_place_without_a_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="not a folder"):
        read_files(tmp_path / "nowhere")


def test_a_source_without_an_id_has_nothing_to_hold_on_to(session: Session, tmp_path: Path) -> None:
    folder = copied(BRIDGE, tmp_path / "bad")
    for given in (None, 7, "", "a\x00b"):
        edit(folder, "claims.json", lambda all_, given=given: all_["source"].update(id=given))
        with pytest.raises(CannotStart, match="id"):
            import_seed(session, LOCAL_OPERATOR, folder, Run(1, Kept()))


def test_decimals_stay_as_they_were_written_and_what_is_no_number_is_marked(tmp_path: Path) -> None:
    folder = copied(BRIDGE, tmp_path / "odd")
    text = (folder / "assessments.json").read_text("utf-8")
    text = text.replace('"confidence": 0.75', '"confidence": 0.750').replace("0.95", "NaN", 1)
    text = text.replace('"claim": "K4"', '"claim": "K4", "claim": "K5"')
    (folder / "assessments.json").write_text(text, "utf-8")
    rows = read_files(folder).assessments["assessments"]
    assert rows[1]["confidence"] == Decimal("0.750")
    assert isinstance(rows[0]["aspects"][0]["confidence"], NoNumber)
    assert isinstance(rows[3], Doubled)
    assert rows[3].key == "claim"


def test_brackets_in_texts_are_no_nesting(tmp_path: Path) -> None:
    folder = copied(BRIDGE, tmp_path / "odd")
    edit(folder, "claims.json", lambda all_: all_.update(neutrality='[{"\\' * 200))
    assert read_files(folder).claims["neutrality"] == json.loads(json.dumps('[{"\\' * 200))
