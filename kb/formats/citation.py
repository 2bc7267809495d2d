"""Citations of one version, drawn from its document: the text form, one line."""

from collections.abc import Mapping
from typing import Any

from kb.documents.addresses import version_of
from kb.documents.label import main_verdicts, replies_in_view
from kb.errors import Refused
from kb.values.label import verdict_label

FORMS = ("text",)
WITHDRAWAL = "withdrawal"
# What a record is called, by the key of its kind that holds it.
NAMES = ("question", "title", "prefLabel", "label", "name")


class NoSuchCitation(Refused):
    """Citations are not written in this form."""


def cite(document: Mapping[str, Any], digest: str, form: str = "text", *, withdrawn: bool = False) -> str:
    """The citation of a version: author of the page, title, version, date, address, digest.

    Of a claim the replies stand first, so that a line cut off still carries them, and the label after the question.
    `withdrawn`: the record was withdrawn after this version.
    """
    if form not in FORMS:
        remedy = f"Known: {', '.join(FORMS)}."
        raise NoSuchCitation(f"a citation is not written as “{form}”", where="format", remedy=remedy)
    entity = document["mainEntity"]
    parts = [_ended(_words(document["byline"]))]
    if withdrawn or document["change"] == WITHDRAWAL:
        parts.append(_withdrawn(document))
    parts.extend(replies_in_view(entity))
    title = _title(entity)
    parts.append(f"“{title}”" if title == _ended(title) else f"“{title}”.")
    if "assessment" in entity:
        label = verdict_label(entity["assessment"]["verdict"], main_verdicts(entity))
        parts.append(_ended(label))
    parts.append(f"Version {version_of(document['@id'])}, {document['issued'][:10]}.")
    parts.append(f"{document['@id']} sha256:{digest}")
    return " ".join(" ".join(parts).split())


def _withdrawn(document: Mapping[str, Any]) -> str:
    """The note says why where this very version is the withdrawal."""
    if document["change"] != WITHDRAWAL:
        return "[WITHDRAWN]"
    return f"[WITHDRAWN: {_words(document['changeNote'])}]"


def _title(entity: Mapping[str, Any]) -> str:
    found = next((_words(entity[key]) for key in NAMES if key in entity), "")
    return found or f"Foundation of {entity['baseAddress']}"


def _words(words: Mapping[str, Any]) -> str:
    return str(words["en"] if "en" in words else words[min(words)])


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
