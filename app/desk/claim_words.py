"""The words of a claim in a form: one row for each language, hedges and boosters as printed, types and topics."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.desk.forms.form import Form
from app.desk.forms.gathering import Gathering
from app.desk.forms.reading import entry_of
from app.desk.forms.wording import filled_words, printed_words
from app.desk.naming import Naming
from kb.desk.claims import ClaimEntry
from kb.desk.entry import BadEntry, Fault
from kb.desk.tables import Claim, ClaimText, ClaimTopic, ClaimWord

TEXTS = "texts"
FIELDS = ("statement", "question", "title")
# Lists of choices send nothing where none is made, and are filled with nothing then.
CHOSEN = ("claim_type", "commitment", "checkability")
WRITTEN = ("checkability_reason", "note")


def claim_entry(naming: Naming, printed: str, faults: Gathering) -> ClaimEntry | None:
    """None where something is wrong, which is gathered. `printed` is the language of the words as printed."""
    form = naming.form
    texts = _texts(form, faults)
    topics = _topics(naming, faults)
    hedges = printed_words(form, "hedges", printed, faults)
    boosters = printed_words(form, "boosters", printed, faults)
    rows = {form.value(f"{TEXTS}.{row}.language").strip(): row for row in form.rows(TEXTS)}
    with faults.at():
        try:
            said: dict[str, Any] = {field: texts[field] for field in FIELDS if texts[field]}
            return entry_of(
                ClaimEntry,
                form,
                **said,
                topics=topics,
                hedges=hedges,
                boosters=boosters,
                language=form.value("language").strip() or naming.language,
            )
        except BadEntry as bad:
            raise BadEntry(tuple(Fault(_in_rows(one.field, rows), one.what, one.remedy) for one in bad.faults)) from bad
    return None


def filled(
    claim: Claim,
    language: str,
    texts: Sequence[ClaimText],
    words: Sequence[ClaimWord],
    topics: Sequence[ClaimTopic],
    labels: Mapping[str | None, str],
) -> Form:
    """The form as a claim fills it in."""
    said = {(one.language, one.field): one.text for one in texts}
    languages = sorted({one.language for one in texts} | {language}, key=lambda one: (one != language, one))
    values = {"language": language} | {name: getattr(claim, name) or "" for name in WRITTEN}
    values |= {name: word for name in CHOSEN if (word := getattr(claim, name))}
    for row, one in enumerate(languages):
        values |= {f"{TEXTS}.{row}.language": one}
        values |= {f"{TEXTS}.{row}.{field}": said.get((one, field), "") for field in FIELDS}
    for kind, name in (("hedge", "hedges"), ("booster", "boosters")):
        values |= filled_words(name, ((one.text, one.language) for one in words if one.kind == kind))
    ordered = sorted(topics, key=lambda one: one.position)
    values |= {f"topics.{row}": labels[one.topic_id] for row, one in enumerate(ordered)}
    return Form({name: [value] for name, value in values.items()})


def _texts(form: Form, faults: Gathering) -> dict[str, dict[str, str]]:
    """Field → language → text."""
    found: dict[str, dict[str, str]] = {field: {} for field in FIELDS}
    for row in form.rows(TEXTS):
        at = f"{TEXTS}.{row}"
        said = {field: _clean(form.value(f"{at}.{field}")) for field in FIELDS}
        language = form.value(f"{at}.language").strip()
        if not any(said.values()):
            continue
        with faults.at(at):
            if not language:
                raise BadEntry((Fault("language", "it is not said what language this is.", "Write a tag such as en."),))
            if any(language in texts for texts in found.values()):
                raise BadEntry((Fault("language", "this language has a row already.", "Write it there."),))
        for field, text in said.items():
            if text:
                found[field][language] = text
    return found


def _topics(naming: Naming, faults: Gathering) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in naming.form.rows("topics"):
        with faults.at():
            if topic := naming.topic(f"topics.{row}"):
                found[topic] = None
    return tuple(found)


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _in_rows(field: str, rows: Mapping[str, int]) -> str:
    """`statement.en` of the entry is `texts.0.statement` of the form; what is missing is so in the first row."""
    name, _, language = field.partition(".")
    return f"{TEXTS}.{rows.get(language, 0)}.{name}" if name in FIELDS else field
