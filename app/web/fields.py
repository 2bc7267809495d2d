"""Names of form fields and what is wrong with them, in words."""

from typing import Protocol


class Wrong(Protocol):
    """A fault of a field: what is wrong, and what to do."""

    @property
    def what(self) -> str: ...
    @property
    def remedy(self) -> str: ...


class Choice(Protocol):
    """A record that can be chosen."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...


# A list of which there is mostly one row: what stands in it is called by its own name.
UNSAID = ("texts",)


def written(choice: Choice) -> str:
    """How a choice stands in a field, so that it can be meant in one way only: `Nepal [37d2qfnqr]`."""
    return f"{choice.label} [{choice.id}]"


def field_words(name: str) -> str:
    """`aspects.0.label` → “Aspects 1, label”."""
    words = ""
    for piece in name.split("."):
        if piece in UNSAID or (piece.isdigit() and not words):
            continue
        if piece.isdigit():
            words += f" {int(piece) + 1}"
        elif len(piece) > 2 or not words:  # a language at the end says nothing to whoever sees one field
            words += f"{', ' if words else ''}{piece.replace('_', ' ').replace('-', ' ')}"
    return words[:1].upper() + words[1:]


def fault_words(fault: Wrong) -> str:
    """One or two sentences, each with a capital and a full stop."""
    return " ".join(_sentence(text) for text in (fault.what, fault.remedy) if text)


def _sentence(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", "”")) else ".")
