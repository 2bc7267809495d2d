"""What every form of citation says: author of the page, title, version, date, address and digest."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kb.documents.addresses import kind_of, page_of, record_of, version_of
from kb.documents.label import in_english, main_verdicts, replies_in_view
from kb.values.label import verdict_label

WITHDRAWAL = "withdrawal"
# What a record is called, by the key of its kind that holds it.
NAMES = ("question", "title", "prefLabel", "label", "name", "statement")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Work:
    """A version as bibliographies see it; every text is one line.

    `notice` says that it is withdrawn, and is empty else. `replies` stand before the name and `label` after it wherever
    a title is asked for. `digest` is None where the record is cited and not one version: then `address` leads to the
    newest, and `version` is the one that was the newest when it was cited.
    """

    author: str
    notice: str
    replies: tuple[str, ...]
    name: str
    label: str
    version: int
    issued: str
    address: str
    digest: str | None

    @property
    def pinned(self) -> bool:
        """True where one version is cited, which never changes."""
        return self.digest is not None

    @property
    def title(self) -> str:
        """Never the bare verdict: replies come first, and the label carries the failing aspects."""
        name = ended(self.name) if self.label else self.name
        return " ".join(part for part in (self.notice, *self.replies, name, self.label) if part)

    @property
    def edition(self) -> str:
        return f"Version {self.version}" if self.pinned else f"Version {self.version} when cited"

    @property
    def note(self) -> str:
        """For the forms that have no field for a version and a digest."""
        return f"{self.edition}, sha256:{self.digest}" if self.pinned else f"{self.edition}; {NEWEST}"

    @property
    def day(self) -> str:
        """`2026-11-28`. A version is read on the day on which it comes out, so this is the date of access too."""
        return self.issued[:10]

    @property
    def date(self) -> tuple[int, int, int]:
        """Year, month, day."""
        year, month, day = self.day.split("-")
        return int(year), int(month), int(day)

    @property
    def month(self) -> str:
        return MONTHS[self.date[1] - 1]

    @property
    def key(self) -> str:
        """`claim-37d2qfnqr-v2`: what a bibliography calls the entry, and a download its file."""
        place = record_of(self.address)
        kind, name = kind_of(place), place.rpartition("/")[2]
        base = name if name == kind else f"{kind}-{name}"
        return f"{base}-v{self.version}" if self.pinned else base


NEWEST = "the address leads to the newest version"


def work_of(document: Mapping[str, Any], digest: str, *, withdrawn: bool = False, newest: bool = False) -> Work:
    """`withdrawn`: the record was withdrawn after this version. `newest`: the record is cited, whatever it comes to."""
    entity = document["mainEntity"]
    notice = _withdrawn(document) if withdrawn or document["change"] == WITHDRAWAL else ""
    label = ""
    if "assessment" in entity:
        label = verdict_label(entity["assessment"]["verdict"], main_verdicts(entity))
    return Work(
        author=line(in_english(document["byline"])),
        notice=line(notice),
        replies=tuple(line(one) for one in replies_in_view(entity)),
        name=line(_name(entity)),
        label=line(label),
        version=version_of(document["@id"]),
        issued=document["issued"],
        address=page_of(document["@id"]) if newest else document["@id"],
        digest=None if newest else digest,
    )


def line(text: str) -> str:
    """The text on one line, whatever broke it: no form but JSON can hold a line break."""
    return " ".join(text.split())


def ended(text: str) -> str:
    """The text as a sentence that ends."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _withdrawn(document: Mapping[str, Any]) -> str:
    """The note says why where this very version is the withdrawal."""
    if document["change"] != WITHDRAWAL:
        return "[WITHDRAWN]"
    return f"[WITHDRAWN: {in_english(document['changeNote'])}]"


def _name(entity: Mapping[str, Any]) -> str:
    found = next((in_english(entity[key]) for key in NAMES if entity.get(key)), "")
    return found or f"Foundation of {entity['baseAddress']}"
