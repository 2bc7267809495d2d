"""Aspects and persons concerned in a form: rows, each a part of the claim."""

from typing import Any

from app.desk.forms.form import Form
from app.desk.forms.gathering import Gathering
from app.desk.forms.reading import entry_of
from app.desk.naming import Naming
from kb.desk.aspects import AspectEntry
from kb.desk.concerned import ConcernedEntry
from kb.desk.topics import slug_of

ASPECTS = "aspects"
CONCERNED = "concerned"
# How long a code made of a label may be.
CODE = 40


def aspect_entries(form: Form, faults: Gathering) -> list[tuple[int, AspectEntry]]:
    """The rows in which something stands, each with its number on the form, in their order."""
    found: list[tuple[int, AspectEntry]] = []
    rows = [row for row in form.rows(ASPECTS) if _said(form, row)]
    for position, row in enumerate(rows, 1):
        at = f"{ASPECTS}.{row}"
        with faults.at(at):
            code = form.value(f"{at}.code").strip() or _code(form.value(f"{at}.label"))
            taken = {one.code for _, one in found}
            entry = AspectEntry(
                **_given(label=form.value(f"{at}.label").strip()),
                code=f"{code}_{position}" if code in taken and not form.value(f"{at}.code").strip() else code,
                main=form.has(f"{at}.main", "yes"),
                position=position,
            )
            found.append((row, entry))
    return found


def concerned_entries(naming: Naming, faults: Gathering) -> list[tuple[int, ConcernedEntry]]:
    """The rows in which somebody is named. A new name is a person, with a page unless it is said to be private."""
    form = naming.form
    found = []
    for row in form.rows(CONCERNED):
        at = f"{CONCERNED}.{row}"
        with faults.at(at):
            visibility = "private" if form.has(f"{at}.private", "yes") else "public"
            voice = naming.agent(f"{at}.agent", form.value(f"{at}.who", "person"), visibility)
            if voice is not None:
                source = naming.known(f"{at}.living_source", "source")
                name = form.value(f"{at}.name").strip() or voice.name
                entry = entry_of(ConcernedEntry, form, at, agent=voice.id, name=name, living_source=source)
                found.append((row, entry))
    return found


def _said(form: Form, row: int) -> bool:
    return bool(form.value(f"{ASPECTS}.{row}.label").strip() or form.value(f"{ASPECTS}.{row}.code").strip())


def _code(label: str) -> str:
    """A short name of the label's letters; it begins with one."""
    made = slug_of(label).replace("-", "_")[:CODE].strip("_")
    return made if made[:1].isalpha() else f"part_{made}"


def _given(**values: Any) -> dict[str, Any]:
    """What is empty was left out."""
    return {name: value for name, value in values.items() if value}
