"""Comments held against the draft: which of them are about words that are not there any more."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from kb.desk.actors import Actor
from kb.desk.comments import WHOLE, CommentEntry, add_comment, comments_of
from kb.desk.records import hold
from kb.desk.tables import Comment
from kb.publish.publish import preview


@dataclass(frozen=True)
class Remark:
    """`about_removed` where the words that it was said of are gone, or are others now."""

    comment: Comment
    about_removed: bool

    @property
    def is_open(self) -> bool:
        return self.comment.resolved_at is None


def remark(session: Session, actor: Actor, base: str, record: str, entry: CommentEntry) -> Comment:
    """A comment that remembers what the field says now. Raises NoSuchDraft."""
    hold(session, record)
    entity = preview(session, base, record).entity
    about = "" if entry.field == WHOLE else words_at(entity, entry.field) or ""
    return add_comment(session, actor, record, entry, about)


def remarks_of(session: Session, record: str, entity: Mapping[str, Any]) -> list[Remark]:
    """All comments on a record, held against its compiled draft: those about words that are gone first."""
    found = [Remark(one, _is_gone(one, entity)) for one in comments_of(session, record)]
    return sorted(found, key=lambda one: not one.about_removed)


def words_at(entity: Mapping[str, Any], path: str) -> str | None:
    """All words at a path such as `evidence-2/note`, as a finding has it; None where there is no such field."""
    first, _, rest = path.partition("/")
    node: Any = _part(entity, first)
    if node is None:
        node, rest = entity, path
    for step in rest.split("/") if rest else ():
        node = _inside(node, step)
    return None if node is None else "\n".join(_words(node))


def _is_gone(comment: Comment, entity: Mapping[str, Any]) -> bool:
    """What was said of no words at all stays where it is; in longer words the old ones still stand."""
    return comment.about != "" and comment.about not in (words_at(entity, comment.field) or "")


def _part(node: Any, fragment: str) -> Mapping[str, Any] | None:
    """The part with this number, wherever it stands."""
    if isinstance(node, Mapping) and str(node.get("@id", "")).endswith(f"#{fragment}"):
        return node
    inner = node.values() if isinstance(node, Mapping) else node if isinstance(node, list) else ()
    return next((found for one in inner if (found := _part(one, fragment)) is not None), None)


def _inside(node: Any, step: str) -> Any:
    if isinstance(node, Mapping):
        return node.get(step)
    if isinstance(node, list) and step.isdigit() and int(step) < len(node):
        return node[int(step)]
    return None


def _words(node: Any, key: str = "") -> Iterator[str]:
    """Texts below a node. Addresses of parts and classes are no words."""
    if isinstance(node, Mapping):
        for name, inner in node.items():
            yield from _words(inner, name)
    elif isinstance(node, list):
        for inner in node:
            yield from _words(inner, key)
    elif not key.startswith("@"):
        yield str(node)
