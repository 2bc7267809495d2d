"""Words as printed, in rows of a form: each with its language, which an editor rarely has to say."""

from collections.abc import Iterable

from app.desk.forms.form import Form
from app.desk.forms.gathering import Gathering
from app.desk.forms.reading import entry_of
from kb.desk.claims import WordEntry


def printed_words(form: Form, name: str, language: str, faults: Gathering) -> tuple[WordEntry, ...]:
    """The rows of a list in which something stands; without a language of their own they are in this one."""
    found = []
    for row in form.rows(name):
        if form.value(f"{name}.{row}.text").strip():
            with faults.at(f"{name}.{row}"):
                own = form.value(f"{name}.{row}.language").strip() or language
                found.append(entry_of(WordEntry, form, f"{name}.{row}", language=own))
    return tuple(found)


def filled_words(name: str, words: Iterable[tuple[str, str]]) -> dict[str, str]:
    """How pairs of text and language stand in a form."""
    values: dict[str, str] = {}
    for row, (text, language) in enumerate(words):
        values |= {f"{name}.{row}.text": text, f"{name}.{row}.language": language}
    return values
