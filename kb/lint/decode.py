"""Bytes to text: whatever can be read is read, and what is not UTF-8 is said with its place."""

import codecs
import re

from kb.lint import json_rules as rules
from kb.lint.faults import Faults
from kb.lint.page import is_page

# The head of a page is where browsers look for its encoding.
_HEAD = 1024
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"))
_MARKED = (*_MARKS, (codecs.BOM_UTF16_BE, "utf-16"))


def decode(raw: bytes) -> tuple[str, Faults]:
    """The text as it is read from then on, and faults that know its lines."""
    for mark, name in _MARKED:
        if raw.startswith(mark):
            text = raw.decode(name, "replace")
            faults = Faults(text)
            faults.add(rules.NOT_UTF8, 0, why=f"it is {name.upper()}")
            return text, faults
    try:
        text, bad = raw.decode("utf-8"), None
    except UnicodeDecodeError as error:
        text, bad = _otherwise(raw, error)
    faults = Faults(text)
    if bad is not None:
        faults.add(rules.NOT_UTF8, bad[0], why=f"the byte {bad[1]:#04x} cannot be read")
    if text.startswith("\ufeff") and not is_page(text):
        faults.add(rules.BOM, 0)
    if "\x00" in text:
        faults.add(rules.NUL, text.index("\x00"), count=text.count("\x00"))
    return text, faults


def _otherwise(raw: bytes, error: UnicodeDecodeError) -> tuple[str, tuple[int, int] | None]:
    """A page may be in the encoding that it declares; else what cannot be read becomes U+FFFD."""
    declared = _CHARSET.search(raw, 0, _HEAD)
    if declared and raw.lstrip()[:1] == b"<":
        try:
            # For `latin-1` browsers read Windows' own, which has quotation marks where that has nothing.
            name = codecs.lookup(declared[1].decode("ascii")).name
            return raw.decode("cp1252" if name == "iso8859-1" else name, "replace"), None
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    before = len(raw[: error.start].decode("utf-8"))
    return raw.decode("utf-8", "replace"), (before, raw[error.start])
