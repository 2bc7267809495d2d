"""Nothing is lost when a session ends: what was being sent goes through the sign-in form, and on to its page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from starlette.responses import Response

from app.desk.forms.form import TOKEN, Form
from app.desk.visit import Visit

SENT, NEXT = "kept", "next"
MOST_FIELDS = 2_000
FOLDER = "/desk"


@dataclass(frozen=True)
class Kept:
    """The pairs of a form that waits, and the path it was sent to."""

    path: str
    pairs: Sequence[tuple[str, str]]


def sign_in_page(visit: Visit, form: Form) -> Response:
    """The sign-in form with everything that was sent inside it. Files are not: a browser gives them only once."""
    pairs = [(name, value) for name, values in form.typed.items() if name != TOKEN for value in values]
    sent = urlencode(pairs, errors="replace")
    waiting = Form({SENT: [sent], NEXT: [visit.request.url.path]})
    return visit.page("desk/sign_in.html", form=waiting, is_kept=True, had_files=bool(form.uploads))


def kept(form: Form) -> Kept | None:
    """What waits in a sign-in form; None where nothing does, or where it would go anywhere but to the desk."""
    path, sent = form.value(NEXT), form.value(SENT)
    if not sent or not is_own(path):
        return None
    return Kept(path, parse_qsl(sent, keep_blank_values=True, max_num_fields=MOST_FIELDS))


def is_own(path: str) -> bool:
    """True for a path of the desk; never for another host, which `//` or a backslash would name."""
    plain = path.isascii() and path.isprintable() and "\\" not in path and "//" not in path
    return plain and (path == FOLDER or path.startswith(f"{FOLDER}/"))


def as_form(found: Kept) -> Mapping[str, Sequence[str]]:
    """The pairs by name."""
    typed: dict[str, list[str]] = {}
    for name, value in found.pairs:
        typed.setdefault(name, []).append(value)
    return typed
