"""Nothing is lost when a session ends: what was being sent goes through the sign-in form, and on to its page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError
from starlette.responses import Response

from app.desk.forms.form import TOKEN, Form
from app.desk.posted import MOST_FIELDS
from app.desk.visit import Visit

SENT, NEXT = "kept", "next"
FOLDER = "/desk"
# Passwords are typed again: no page ever has one in it.
SECRET = frozenset({TOKEN, "password", "old", "new"})
# As JSON the words take hardly more room than they did when they were sent, so that what was taken once is taken again.
_PAIRS = TypeAdapter(Annotated[list[tuple[str, str]], Field(max_length=MOST_FIELDS)])


@dataclass(frozen=True)
class Kept:
    """The pairs of a form that waits, and the path it was sent to."""

    path: str
    pairs: Sequence[tuple[str, str]]


def sign_in_page(visit: Visit, form: Form) -> Response:
    """The sign-in form with everything that was sent inside it. Files are not: a browser gives them only once."""
    pairs = _pairs(form)
    if not pairs:
        return visit.page("desk/sign_in.html", form=Form({}), is_kept=False, had_files=False)
    waiting = Form({SENT: [_PAIRS.dump_json(pairs).decode()], NEXT: [visit.request.url.path]})
    return visit.page("desk/sign_in.html", form=waiting, is_kept=True, had_files=bool(form.uploads))


def once_more_page(visit: Visit, form: Form) -> Response | None:
    """For whoever signed in anew in another window: the form with the token of now. None where nothing was typed."""
    found = Kept(visit.request.url.path, _pairs(form))
    if not found.pairs:
        return None
    shown = {"path": found.path, "typed": as_form(found), "fresh_token": visit.token}
    return visit.page("desk/go_on.html", is_older=True, had_files=bool(form.uploads), **shown)


def kept(form: Form) -> Kept | None:
    """What waits in a sign-in form; None where nothing does, or where it would go anywhere but to the desk."""
    path, sent = form.value(NEXT), form.value(SENT)
    if not sent or not is_own(path):
        return None
    try:
        return Kept(path, _PAIRS.validate_json(sent))
    except ValidationError:
        return None


def is_own(path: str) -> bool:
    """True for a path of the desk; never for another host, which `//` or a backslash would name."""
    plain = path.isascii() and path.isprintable() and "\\" not in path and "//" not in path
    return plain and (path == FOLDER or path.startswith(f"{FOLDER}/"))


def _pairs(form: Form) -> list[tuple[str, str]]:
    return [(name, value) for name, values in form.typed.items() if name not in SECRET for value in values]


def as_form(found: Kept) -> Mapping[str, Sequence[str]]:
    """The pairs by name."""
    typed: dict[str, list[str]] = {}
    for name, value in found.pairs:
        typed.setdefault(name, []).append(value)
    return typed
