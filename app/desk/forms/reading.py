"""From a form to an entry: names with dots become what the entry's own types say, and nothing else is assumed."""

import types
import typing
from collections.abc import Callable, Mapping
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from app.desk.forms.form import Form
from kb.desk.entry import Entry

Made = TypeVar("Made", bound=Entry)
# What a ticked box sends.
TICKED = ("on", "true", "yes")


def entry_of(kind: type[Made], form: Form, prefix: str = "", **given: Any) -> Made:
    """The entry that the form's fields make; `given` are values that the form does not say.

    An empty field is one that was left out. Raises BadEntry, whose faults have the names of the form's fields.
    """
    values = _fields(kind, form, f"{prefix}." if prefix else "")
    return kind(**{**values, **given})


def _fields(kind: type[Entry], form: Form, prefix: str) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    made = {name: _read(hints[name], form, prefix + name) for name in kind.model_fields}
    return {name: value for name, value in made.items() if value is not _LEFT_OUT}


_LEFT_OUT: Any = object()


def _read(hint: Any, form: Form, name: str) -> Any:
    hint = _bare(hint)
    origin = get_origin(hint)
    if origin is dict:
        return _texts(form, name)
    if origin is tuple:
        return _rows(_bare(get_args(hint)[0]), form, name)
    if isinstance(hint, type) and issubclass(hint, Entry):
        return _fields(hint, form, f"{name}.") if _is_there(form, name) else _LEFT_OUT
    if hint is bool:
        return _ticked(form, name)
    read = READERS.get(hint, _text)
    text = form.value(name)
    return read(text) if text.strip() else _LEFT_OUT


def _bare(hint: Any) -> Any:
    """A type without its checks and without `None`."""
    while get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    if get_origin(hint) in (Union, types.UnionType):
        return _bare(next(one for one in get_args(hint) if one is not type(None)))
    return hint


def _texts(form: Form, name: str) -> Any:
    """A language map: `statement.en`."""
    starts = f"{name}."
    found = {key[len(starts) :]: _text(form.value(key)) for key in form.typed if key.startswith(starts)}
    return {language: text for language, text in found.items() if text.strip()} or _LEFT_OUT


def _rows(item: Any, form: Form, name: str) -> Any:
    """Rows of entries, those without a word left out; or several values of one name, or of `name.0`, `name.1`."""
    numbers = form.rows(name)
    if isinstance(item, type) and issubclass(item, Entry):
        return tuple(
            _fields(item, form, f"{name}.{number}.") for number in numbers if _is_there(form, f"{name}.{number}")
        )
    texts = [*form.values(name), *(form.value(f"{name}.{number}") for number in numbers)]
    read = READERS.get(item, _text)
    return tuple(read(text) for text in texts if text.strip())


def _is_there(form: Form, name: str) -> bool:
    """True where something was typed in a part; a ticked box or a choice alone is no part."""
    starts = f"{name}."
    return any(any(text.strip() for text in form.values(key)) for key in form.typed if key.startswith(starts))


def _ticked(form: Form, name: str) -> Any:
    """A box that is not ticked sends nothing, so its form says beside it that it was asked."""
    if value := form.value(name):
        return value in TICKED
    return False if f"{name}.asked" in form.typed else _LEFT_OUT


def _text(text: str) -> str:
    """Browsers send line ends as on paper tape; nobody means the blanks around a field."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _whole(text: str) -> int | str:
    """What is no whole number goes on as it is, and is refused with the field's name."""
    bare = text.strip()
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 10 else bare


READERS: Mapping[Any, Callable[[str], Any]] = {int: _whole}
