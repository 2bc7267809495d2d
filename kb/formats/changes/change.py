"""One change between two versions of a record, in words."""

from dataclasses import dataclass

ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True)
class Line:
    """One value of a part that came or went; `lang` is the language of its words, None where it is none of anybody."""

    label: str
    text: str
    lang: str | None


@dataclass(frozen=True)
class Change:
    """`field` is where it stands, for machines: `evidence-7/stance`. `kind` is added, removed or changed.

    `lang` is the language of the words before and after. A part that came or went whole is told in one line, and
    value by value in `lines`.
    """

    field: str
    label: str
    kind: str
    before: str | None
    after: str | None
    lang: str | None = None
    lines: tuple[Line, ...] = ()

    def as_json(self) -> dict[str, str]:
        """For JSON; what there was not, or is not any more, is left out."""
        found = {"field": self.field, "label": self.label, "kind": self.kind}
        more = {"before": self.before, "after": self.after, "lang": self.lang}
        return found | {key: text for key, text in more.items() if text is not None}
