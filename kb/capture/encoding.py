"""From bytes to characters: a byte order mark, what header and page say, UTF-8, and Windows-1252 at the end.

Labels mean what the Encoding Standard (WHATWG) says: Latin-1 is read as Windows-1252. UTF-7 and all other
labels outside the list are passed over. Where a page says one of the single-byte encodings and its bytes are
faultless UTF-8 beyond ASCII, it is UTF-8: that cannot happen by chance, and pages often say the wrong thing.
"""

import codecs
import re
from dataclasses import dataclass

from kb.values.prose import shown

UTF_8, WINDOWS = "utf-8", "windows-1252"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", UTF_8),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16"),
)
_SINGLE = {f"windows-{n}": f"cp{n}" for n in range(1250, 1259)} | {
    f"iso-8859-{n}": f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)
} | {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "cp1252": "cp1252",
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "windows-874": "cp874",
    "koi8-r": "koi8-r", "koi8-u": "koi8-u", "macintosh": "mac-roman", "ibm866": "cp866",
}  # fmt: skip
_SEVERAL = {
    "utf-8": "utf-8", "utf8": "utf-8", "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932",
    "euc-jp": "euc_jp", "iso-2022-jp": "iso2022_jp", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
    "utf-16": "utf-16-le", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
}  # fmt: skip
_CODECS = _SINGLE | _SEVERAL
_IN_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([^\s;"']+)""", re.IGNORECASE)
_IN_PAGE = re.compile(
    rb"""<meta\s[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)|\A\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)""",
    re.IGNORECASE,
)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_LOOKED_AT = 8_192


@dataclass(frozen=True)
class Decoded:
    """The characters, the name of their encoding, and what an editor should know of the choice."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, *, content_type: str | None, is_page: bool) -> Decoded:
    """Never fails: a byte that fits nowhere becomes U+FFFD."""
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return Decoded(data.decode(codec, "replace"), name)
    labels = _labels(data, content_type, is_page)
    known = [label for label in labels if label in _CODECS]
    ignored = tuple(f"The encoding that is stated, “{shown(one)}”, is not one that is read here." for one in labels
                    if one not in _CODECS)  # fmt: skip
    found = _as_stated(data, known) or _as_utf_8(data, known) or _by_force(data, known)
    return Decoded(found.text, found.encoding, (*ignored, *found.notes))


def _labels(data: bytes, content_type: str | None, is_page: bool) -> list[str]:
    """What the header and then the page itself name, in lower case."""
    header = _IN_HEADER.search(content_type or "")
    labels = [header[1].lower()] if header else []
    if is_page and (said := _IN_PAGE.search(_COMMENT.sub(b"", data[:_LOOKED_AT]))):
        label = (said[1] or said[2]).decode("ascii", "replace").lower()
        # A page whose own words are ASCII bytes cannot be UTF-16, whatever it says (WHATWG HTML, 13.2.3.2).
        labels.append(UTF_8 if label.startswith("utf-16") else label)
    return list(dict.fromkeys(labels))


def _as_stated(data: bytes, labels: list[str]) -> Decoded | None:
    for label in labels:
        if (label in _SINGLE or label.startswith("utf-16")) and not data.isascii() and _strictly(data, UTF_8):
            continue
        if (text := _strictly(data, _CODECS[label])) is not None:
            return Decoded(text, label, _misled(labels, label))
    return None


def _as_utf_8(data: bytes, labels: list[str]) -> Decoded | None:
    """UTF-8, even a damaged one where more of its characters are whole than are broken."""
    if (text := _strictly(data, UTF_8)) is not None:
        return Decoded(text, UTF_8, _misled(labels, UTF_8))
    text = data.decode(UTF_8, "replace")
    whole = sum(1 for letter in text if letter > "\x7f") - text.count("\ufffd")
    if whole <= text.count("\ufffd"):
        return None
    return Decoded(text, UTF_8, ("Some of its bytes are not UTF-8, as the rest is.",))


def _by_force(data: bytes, labels: list[str]) -> Decoded:
    """The first encoding that is stated, or Windows-1252; what does not fit it is lost."""
    label = next((one for one in labels if _CODECS[one] != UTF_8), WINDOWS)
    text = data.decode(_CODECS[label], "replace")
    return Decoded(text, label, () if label in labels else (f"Decoded as {_name(label)}, which nothing states.",))


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _misled(labels: list[str], taken: str) -> tuple[str, ...]:
    wrong = [label for label in labels if _CODECS[label] != _CODECS[taken]]
    if not wrong or labels[0] == taken:
        return ()
    return (f"It is said to be {_name(wrong[0])}, but its bytes are {_name(taken)}, and were read so.",)


def _name(label: str) -> str:
    return {UTF_8: "UTF-8", WINDOWS: "Windows-1252"}.get(label, label.upper())
