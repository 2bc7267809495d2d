"""Getting a text by one of three ways, from the same fields of a form: an address, a file, or pasted words."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.desk.forms.form import Form, Upload
from app.desk.visit import Visit
from kb.capture.extract import Extracted, NoText, extract, read_pasted
from kb.desk.attempts import FETCHES, TooMany, begin_attempt
from kb.desk.entry import BadEntry, Fault

FILE, PASTED = "file as received", "text as pasted"


@dataclass(frozen=True)
class Gathered:
    """Bytes with what was drawn from them; nothing of it is kept yet. `came` is how, as snapshots say it."""

    data: bytes
    extracted: Extracted
    came: dict[str, Any]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def gathered(visit: Visit, form: Form) -> Gathered:
    """From `file`, `text` or `address`, the first that is given. No session may be open: it may wait for the network.

    Where a file or a text is given, the address says only where it is from. Raises Refused at the field.
    """
    upload, text, address = form.uploads.get("file"), form.value("text"), form.value("address").strip()
    if upload and text.strip():
        raise _fault("file", "Both a file and a text are given.", "Give one of them.")
    if upload:
        return _from_file(upload)
    if text.strip():
        return _pasted(text)
    if address:
        return _fetched(visit, address)
    raise _fault("address", "Nothing is given yet.", "Give an address, choose a file, or paste the text.")


def _from_file(upload: Upload) -> Gathered:
    extracted = extract(upload.data, content_type=upload.content_type, file_name=upload.name)
    return Gathered(upload.data, extracted, {"retrieved_on": _now(), "retrieved_with": FILE, "retrieved_from": None})


def _pasted(text: str) -> Gathered:
    extracted = read_pasted(text)
    came = {"retrieved_on": _now(), "retrieved_with": PASTED, "retrieved_from": None}
    return Gathered(extracted.text.encode("utf-8"), extracted, came)


def _fetched(visit: Visit, address: str) -> Gathered:
    """An attempt counts before it begins, so that many at once are counted like many in a row."""
    try:
        with visit.desk.writing() as session:
            begin_attempt(session, "fetch", [visit.actor.name], FETCHES)
    except TooMany as many:
        raise _fault("address", many.what, f"{many.remedy} A file or a pasted text can be brought in now.") from many
    fetched = visit.desk.fetcher.fetch(address)
    try:
        extracted = extract(fetched.data, content_type=fetched.content_type, address=fetched.address)
    except NoText as problem:
        raise _fault("address", problem.what, problem.remedy) from problem
    came = {
        "retrieved_on": fetched.retrieved_on,
        "retrieved_with": fetched.retrieved_with,
        "retrieved_from": fetched.address,
    }
    return Gathered(fetched.data, extracted, came)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _fault(field: str, what: str, remedy: str) -> BadEntry:
    return BadEntry((Fault(field, what, remedy),))
