"""Review: a draft as readers will see it, what changed, what stands in its way, and a second reader's decision."""

from collections.abc import Iterator, Mapping
from typing import Any

from starlette.responses import Response

from app.desk.beside import beside
from app.desk.forms.reading import entry_of
from app.desk.rooms import Rooms
from app.desk.visit import Visit
from app.web.views.diff import rows
from kb.desk.labels import labels_of
from kb.publish.difference import differences
from kb.publish.publish import preview
from kb.publish.remarks import remarks_of
from kb.publish.review import ApproveEntry, ReturnEntry, approve, hand_back, submit
from kb.values.prose import shown

rooms = Rooms()
# Keys of a main entity that say what it is, and nothing that could be commented on.
_APART = frozenset({"@id", "@type", "externalIds"})
_EXCERPT = 60


@rooms.page("/desk/records/{id}/review", "edit", "review", "publish")
def show_review(visit: Visit) -> Response:
    record, base = visit.path("id"), visit.desk.site.base
    stands = beside(visit, record)
    changes = differences(visit.session, base, record)
    entity = preview(visit.session, base, record).entity
    return visit.page(
        "desk/review.html",
        beside=stands,
        review=stands.review,
        label=labels_of(visit.session, [record]).get(record, record),
        rows=None if changes is None else rows(changes),
        remarks=remarks_of(visit.session, record, entity),
        fields=list(fields_of(entity)),
    )


@rooms.deed("/desk/records/{id}/submit", "submit", again=show_review)
def hand_over(visit: Visit) -> Response:
    record, note = visit.path("id"), visit.typed.value("note").strip() or None
    submit(visit.session, visit.actor, visit.desk.site.base, record, note)
    return visit.to(f"desk/records/{record}/review", done="submitted")


@rooms.deed("/desk/records/{id}/approve", "review", again=show_review)
def give_approval(visit: Visit) -> Response:
    record = visit.path("id")
    approve(visit.session, visit.actor, visit.desk.site.base, record, entry_of(ApproveEntry, visit.typed))
    return visit.to(f"desk/records/{record}/review", done="approved")


@rooms.deed("/desk/records/{id}/return", "review", again=show_review)
def return_it(visit: Visit) -> Response:
    record = visit.path("id")
    hand_back(visit.session, visit.actor, visit.desk.site.base, record, entry_of(ReturnEntry, visit.typed))
    return visit.to(f"desk/records/{record}/review", done="returned")


def fields_of(entity: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Paths that a comment may be bound to, and how a choice names them: each field, and each part by its number."""
    for key, value in entity.items():
        if key in _APART:
            continue
        parts = [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
        for part in parts or ([value] if _number_of(value) else []):
            number = _number_of(part)
            yield number, f"{number.replace('-', ' ').capitalize()}: {shown(_words(part), _EXCERPT)}"
        if not parts and not _number_of(value):
            yield key, f"{_spaced(key)}: {shown(_words(value), _EXCERPT)}"


def _number_of(node: Any) -> str:
    return str(node["@id"]).partition("#")[2] if isinstance(node, Mapping) and "@id" in node else ""


def _words(node: Any) -> str:
    """The first words of a field, for whoever has to find it in a list."""
    if isinstance(node, Mapping):
        kept = [value for key, value in node.items() if not key.startswith("@")]
        return " ".join(text for value in kept if (text := _words(value)))
    if isinstance(node, list):
        return " ".join(map(_words, node))
    text = str(node)
    return "" if text.startswith(("http://", "https://")) else text


def _spaced(key: str) -> str:
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in key).capitalize()
