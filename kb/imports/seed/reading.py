"""Reading the files: all of them, whole, or nothing begins."""

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from kb.errors import CannotStart
from kb.values.prose import shown

CLAIMS, EVIDENCE, ASSESSMENTS, ARTICLE = "claims.json", "evidence.json", "assessments.json", "article.txt"
SCHEMAS = {
    CLAIMS: "claimbase-seed-claims/1",
    EVIDENCE: "claimbase-seed-evidence/1",
    ASSESSMENTS: "claimbase-seed-assessments/1",
}
# What each file has at its top: lists of records, and what is about the file.
LISTS = {
    CLAIMS: ("entities", "claims", "left_out"),
    EVIDENCE: ("origins", "sources", "evidence"),
    ASSESSMENTS: ("assessments",),
}
BESIDE = {CLAIMS: ("schema", "neutrality", "source"), EVIDENCE: ("schema",), ASSESSMENTS: ("schema", "verdicts")}
MOST_BYTES = 200_000_000
DEEPEST = 40

_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)


class Doubled(dict[str, Any]):
    """An object of JSON in which a key stands twice; `key` is the first of them."""

    key = ""


class NoNumber:
    """NaN or Infinity, which JSON does not have but some programs write."""

    def __init__(self, written: str) -> None:
        self.written = written


@dataclass(frozen=True)
class Files:
    """The three files as JSON, with decimals as they were written, and the article's bytes where they are there."""

    claims: dict[str, Any]
    evidence: dict[str, Any]
    assessments: dict[str, Any]
    article: bytes | None

    def of(self, name: str) -> dict[str, Any]:
        return {CLAIMS: self.claims, EVIDENCE: self.evidence, ASSESSMENTS: self.assessments}[name]


def read_files(folder: Path) -> Files:
    """Raises CannotStart, which names the file and what to do."""
    if not folder.is_dir():
        what = "it is not a folder with claims.json, evidence.json and assessments.json."
        raise CannotStart(what, where=str(folder), remedy="Give the folder that holds the three files.")
    claims, evidence, assessments = (_read(folder / name, name) for name in (CLAIMS, EVIDENCE, ASSESSMENTS))
    article = folder / ARTICLE
    if not article.exists():
        return Files(claims, evidence, assessments, None)
    return Files(claims, evidence, assessments, _text(article).encode("utf-8"))


def _read(path: Path, name: str) -> dict[str, Any]:
    value = _parsed(_text(path), path)
    if not isinstance(value, dict):
        raise CannotStart("it does not hold an object.", where=str(path), remedy=_like(name))
    if isinstance(value, Doubled):
        what = f"the key “{shown(value.key)}” stands twice at its top."
        raise CannotStart(what, where=str(path), remedy="Leave one of the two.")
    if value.get("schema") != SCHEMAS[name]:
        what = f"its schema is {json.dumps(value.get('schema'), default=str)[:60]}, not {SCHEMAS[name]}."
        raise CannotStart(what, where=str(path), remedy=_like(name))
    known = {*LISTS[name], *BESIDE[name]}
    for key in value:
        if key not in known:
            what = f"its key “{shown(key)}” is not known."
            raise CannotStart(what, where=str(path), remedy=f"Known: {', '.join(sorted(known))}.")
    for key in LISTS[name]:
        if not isinstance(value.get(key), list):
            raise CannotStart(f"its “{key}” is missing, or no list.", where=str(path), remedy=_like(name))
    if name == CLAIMS and not isinstance(value.get("source"), dict):
        raise CannotStart("its “source” is missing, or no object.", where=str(path), remedy=_like(name))
    return value


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CannotStart(f"it has more than {MOST_BYTES} bytes.", where=str(path), remedy="Split it.")
        return path.read_bytes()
    except OSError as error:
        what = f"it cannot be read ({error.strerror})."
        raise CannotStart(what, where=str(path), remedy="Put the file there, readable.") from error


def _text(path: Path) -> str:
    data = _bytes(path)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        what = f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8."
        raise CannotStart(what, where=str(path), remedy="Save the file as UTF-8.") from error
    return text


def _parsed(text: str, path: Path) -> Any:
    if text.startswith("\ufeff"):
        what = "it begins with a byte order mark."
        raise CannotStart(what, where=str(path), remedy="Save the file as UTF-8 without one.")
    left_open = _check_depth(text, path)
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=NoNumber, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        cut = " It ends before it is whole." if left_open > 0 else ""
        what = f"it is not JSON: line {error.lineno}, column {error.colno}: {error.msg}.{cut}"
        raise CannotStart(what, where=str(path), remedy="Copy the file again, or correct that place.") from error
    except ValueError as error:
        # Python refuses to read integers of thousands of digits.
        raise CannotStart("it holds a number that is too long.", where=str(path), remedy="Shorten it.") from error


def _check_depth(text: str, path: Path) -> int:
    """How many brackets are still open at the end. Raises CannotStart where Python's own reader would break off."""
    depth = 0
    for found in _BRACKETS.finditer(text):
        if found[0] in "[{":
            depth += 1
            if depth > DEEPEST:
                what = f"it is nested deeper than {DEEPEST} at character {found.start()}."
                raise CannotStart(what, where=str(path), remedy="No file of this layout is; copy it again.")
        elif found[0] in "]}":
            depth -= 1
    return depth


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    doubled, seen = Doubled(made), set()
    for key, _ in pairs:
        if key in seen:
            doubled.key = key
            break
        seen.add(key)
    return doubled


def _like(name: str) -> str:
    return f"It has to be like {SCHEMAS[name]}, with {', '.join(LISTS[name])}."
