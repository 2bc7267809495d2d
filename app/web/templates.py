"""Templates: escaping is on in all of them, a name that is missing is an error, links are relative."""

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request

from app.web import fields, links, listing, said, words
from app.web.browsers import browser
from app.web.door import door_of
from app.web.embed import data_block
from app.web.markdown import markdown
from app.web.negotiate import LIST_FORMS, RECORD_FORMS, Form
from app.web.signposting import thing_class
from app.web.standing import Shown
from app.web.views.cited import anchor, number
from kb.documents.addresses import record_of, version_of
from kb.documents.label import replies_in_view
from kb.formats.citation import Work, cite, work_of
from kb.formats.claimreview import claim_review
from kb.values import vocabulary
from kb.values.grades import two_places
from kb.values.languages import language
from kb.values.vocabulary import ClosedList, Term

FOLDER = Path(__file__).parent.parent / "templates"
STATIC = Path(__file__).parent.parent / "static"
# In bytes, HTML and style.
LIGHT = 60_000
# Browsers look for this many words when a link names a passage in a page.
WORDS_OF_A_LINK = 8
# A shape for each verdict and stance; the words always stand beside it.
SHAPES = {
    "supported": "full",
    "partly_supported": "half",
    "contradicted": "diamond",
    "disputed": "triangles",
    "unverified": "ring",
    "not_checkable": "dash",
    "supports": "full",
    "contradicts": "diamond",
    "qualifies": "square",
    "mentions": "ring",
    "same_origin": "ring",
}
# Colour belongs to a stance or a part's finding, never to a headline or a person.
TONES = {
    "supported": "sup",
    "contradicted": "con",
    "partly_supported": "qua",
    "disputed": "qua",
    "unverified": "qua",
    "not_checkable": "qua",
    "supports": "sup",
    "contradicts": "con",
    "qualifies": "qua",
    "mentions": "qua",
    "same_origin": "qua",
}
REASONS = {
    "same_origin": "What the claim itself rests on, and copies of it (same origin)",
    "mentions": "Touches the matter and decides nothing (mentions)",
    "grade_x": "Satire and the like (grade X)",
    "unseen": "Nobody here has read it (unseen)",
}


def render(request: Request, template: str, **context: Any) -> bytes:
    """A page as UTF-8. Beside `context` it has `site`, and `home`, the relative way to the first page."""
    path = request.scope.get("raw_path") or request.url.path.encode()
    home = links.way_home(path.decode("latin-1"))
    site = door_of(request).site
    return _environment().get_template(template).render(site=site, home=home, **context).encode()


@cache
def fingerprint() -> str:
    """Changes with every change of a template or a style, so that no cache shows the old look."""
    state = hashlib.sha256()
    for path in sorted((*FOLDER.rglob("*.html"), *STATIC.iterdir())):
        state.update(path.name.encode() + b"\0" + path.read_bytes())
    return state.hexdigest()[:12]


@cache
def page_weight() -> int:
    """How many bytes the HTML of a page may have, so that with its style it stays light (UX, U17)."""
    return LIGHT - len((STATIC.parent / links.STYLE).read_bytes())


def outer(address: object) -> str | None:
    """An address that may be linked to: http or https; None for anything else, such as `javascript:`."""
    text = str(address)
    try:
        return text if urlsplit(text).scheme in ("http", "https") else None
    except ValueError:
        return None


def passage_link(address: str, exact: str) -> str:
    """The live page at the words, for browsers that can (`#:~:text=`)."""
    start = " ".join(exact.split()[:WORDS_OF_A_LINK])
    return f"{address}{'' if '#' in address else '#'}:~:text={quote(start, safe='')}"


def label(word: str, closed: str) -> str:
    """The word of a closed list as people read it; `closed` is the list's name."""
    found = getattr(vocabulary, closed.upper())
    if not isinstance(found, ClosedList):
        raise TypeError(f"{closed} is not a closed list")
    return found.label(word)


def meaning(word: str, closed: str) -> str:
    """What the word means, as its list says."""
    return next(str(term.definition) for term in getattr(vocabulary, closed.upper()).terms if term.word == word)


def citation(shown: Shown) -> str:
    """One line: author of the page, title, version, date, address, digest."""
    return cite(shown.document, shown.edition.digest, withdrawn=shown.is_withdrawn)


def work(shown: Shown) -> Work:
    """The version as bibliographies see it."""
    return work_of(shown.document, shown.edition.digest, withdrawn=shown.is_withdrawn)


def title_of(document: Mapping[str, Any]) -> str:
    """What the record is called, with the replies before an allegation."""
    entity = document["mainEntity"]
    keys = ("question", "title", "prefLabel", "label", "name", "statement")
    name = next((said.plain(entity[key]) for key in keys if key in entity), "the foundation")
    return " ".join([*replies_in_view(entity), name])


def terms(closed: str) -> Sequence[Term]:
    """The words of a closed list with what they mean, for a form's choices."""
    found: ClosedList = getattr(vocabulary, closed.upper())
    return found.terms


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        # Templates come with the code: to look at each of them for each page would be some thirty looks at the disk.
        auto_reload=False,
    )
    made.filters |= {
        "when": words.when,
        "day": words.day,
        "minute": words.to_the_minute,
        "machine_day": words.machine_day,
        "grouped": words.grouped,
        "size": words.size,
        "confidence": words.confidence,
        "confidence_range": words.confidence_range,
        "read_as": words.read_as,
        "two_places": two_places,
        "licence_name": words.licence,
        "language": language,
        "meaning": meaning,
        "terms": terms,
        "field_words": fields.field_words,
        "fault_words": fields.fault_words,
        "written": fields.written,
        "browser": browser,
        "anchor": anchor,
        "part_number": number,
        "version_number": version_of,
        "thing_class": thing_class,
        "citation": citation,
        "work": work,
        "claim_review": claim_review,
        "data_block": data_block,
        "title_of": title_of,
        "shelf_address": lambda one: links.figures_of(one.name, measure=one.is_measure),
        "in_two": listing.replies_and_verdict,
        "facts": listing.facts,
        "label": label,
        "outer": outer,
        "said": said.said,
        "plain": said.plain,
        "marks": said.marks,
        "markdown": markdown,
        "address": record_of,
    }
    made.globals |= {
        "style": f"{links.STYLE}?{fingerprint()}",
        "more_style": f"{links.MORE_STYLE}?{fingerprint()}",
        "desk_style": f"{links.DESK_STYLE}?{fingerprint()}",
        "query_style": f"{links.QUERY_STYLE}?{fingerprint()}",
        "script": lambda name: f"{links.STATIC.removeprefix('/')}/{name}-v1.mjs?{fingerprint()}",
        "icon": f"{links.ICON}?{fingerprint()}",
        "done_by": words.DONE_BY,
        "related_words": words.RELATED,
        "list_parts": words.PARTS_OF_LISTS,
        "shapes": SHAPES,
        "tones": TONES,
        "reasons": REASONS,
        "passage_link": passage_link,
        "forms": [form for form in RECORD_FORMS if form is not Form.HTML],
        "list_forms": [form for form in LIST_FORMS if form is not Form.HTML],
    }
    return made
