"""The texts of our own pages, with the words of the closed lists put in from the vocabulary, where they live.

On a line of its own, `{table verdict}` becomes a table of the list's words with what they mean, `{list stance}` a list
of the words alone; within a sentence `{words certainty}` becomes “certain, likely, uncertain or ambiguous”.
"""

import re
from collections.abc import Callable
from importlib.resources import files

from kb.errors import Broken
from kb.values import vocabulary
from kb.values.vocabulary import ClosedList

_SLOT = re.compile(r"\{(table|list|words) ([a-z_]+)\}")


def text_of(slug: str) -> str:
    """The Markdown of a page that a knowledge base begins with."""
    return filled(files("kb.publish").joinpath("pages", f"{slug}.md").read_text("utf-8"))


def filled(text: str) -> str:
    """The text with every slot filled. Raises Broken where one names no closed list."""
    return _SLOT.sub(lambda found: _WAYS[found[1]](_list(found[2])), text)


def _list(name: str) -> ClosedList:
    found = getattr(vocabulary, name.upper(), None)
    if not isinstance(found, ClosedList):
        raise Broken(f"there is no closed list “{name}”", where="pages")
    return found


def _table(some: ClosedList) -> str:
    rows = "\n".join(f"| {term.label} | {_cell(term.definition)} |" for term in some.terms)
    return f"| word | meaning |\n|---|---|\n{rows}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|") or "–"


def _plain(some: ClosedList) -> str:
    return "\n".join(f"- {term.label}" for term in some.terms)


def _words(some: ClosedList) -> str:
    words = [term.label.lower() for term in some.terms]
    return f"{', '.join(words[:-1])} or {words[-1]}"


_WAYS: dict[str, Callable[[ClosedList], str]] = {"table": _table, "list": _plain, "words": _words}
