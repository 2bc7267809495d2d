"""What is asked of the reader: by an address, or by the buttons of a form that keeps all else that was typed.

Its names are `find`, `hit`, `from`, `start`, `end`, `first`, `last`, `pane` and `snapshot`, in addresses as in forms.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from app.desk.forms.form import DO, Form

# No text that is held has as many characters.
DIGITS = 9
PANES = ("text", "form")
# What `find` was when its hits were last looked for: Enter in its field presses no button of its own.
FOUND = "found"
_SPAN = re.compile(r"([0-9]{1,9})-([0-9]{1,9})", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """`hit` counts from 1, 0 for none; `span` is the quote that was chosen; `snapshot` the sha256 of its text."""

    find: str = ""
    hit: int = 0
    begin: int | None = None
    span: tuple[int, int] | None = None
    first: str = ""
    last: str = ""
    pane: str = ""
    snapshot: str = ""
    is_trimming: bool = False


def asked_of(keep: Mapping[str, str]) -> Asked:
    """What is no number is taken as left out: an address may be typed by hand."""
    start, end = _number(keep.get("start", "")), _number(keep.get("end", ""))
    words = keep.get("find", "").replace("\r\n", "\n")
    return Asked(
        find=words,
        hit=_number(keep.get("hit", "")) or (1 if words.strip() and start is None else 0),
        begin=_number(keep.get("from", "")),
        span=(start, end) if start is not None and end is not None else None,
        first=keep.get("first", ""),
        last=keep.get("last", ""),
        pane=keep.get("pane", "") if keep.get("pane") in PANES else "",
        snapshot=keep.get("snapshot", ""),
        is_trimming=bool(keep.get("trimming")),
    )


def kept(form: Form | None, query: Mapping[str, str]) -> Mapping[str, str]:
    """Where the reader's state stands: in the form that was sent, else in the address."""
    return query if form is None else {name: values[0] for name, values in form.typed.items() if values}


def turned(form: Form) -> Form | None:
    """The form with the reader where its button asks for; None where it asks nothing of the kind.

    For deeds to call first: whatever is answered shows the form again, and saves nothing.
    """
    deed, _, target = form.value(DO).partition(":")
    if deed == "" and DO in form.typed and form.value("find").strip() and form.value("find") != form.value(FOUND):
        deed = "find"
    change = CHANGES.get(deed)
    values = change(target) if change else None
    if values is None:
        return None
    typed = {name: given for name, given in form.typed.items() if name != DO}
    return replace(form, typed=typed, faults=()).with_values(values)


def _find(_target: str) -> dict[str, str]:
    return {"hit": "1", "start": "", "end": "", "from": "", "first": "", "last": "", "trimming": "", "pane": "form"}


def _hit(target: str) -> dict[str, str]:
    return {**_find(target), "hit": target}


def _quote(target: str) -> dict[str, str] | None:
    """`quote:` alone lets go of the quote."""
    span = _SPAN.fullmatch(target)
    if target and not span:
        return None
    start, end = span.groups() if span else ("", "")
    return {
        "start": start, "end": end, "hit": "", "from": "", "first": "", "last": "", "trimming": "",
        "pane": "form" if span else "text", **({} if span else {"find": ""}),
    }  # fmt: skip


def _step(target: str) -> dict[str, str] | None:
    """One word more or less: the next step is likely another."""
    changed = _quote(target)
    return changed and {**changed, "trimming": "yes"}


def _page(target: str) -> dict[str, str]:
    return {"from": target, "pane": "text"}


def _pane(target: str) -> dict[str, str]:
    return {"pane": target}


def _trim(_target: str) -> dict[str, str]:
    return {"from": "", "pane": "form", "trimming": "yes"}


CHANGES: Mapping[str, Callable[[str], dict[str, str] | None]] = {
    "find": _find,
    "hit": _hit,
    "quote": _quote,
    "step": _step,
    "from": _page,
    "pane": _pane,
    "trim": _trim,
}


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else None
