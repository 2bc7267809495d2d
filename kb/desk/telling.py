"""What differs between two states of a part, as the history keeps them: field by field, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kb.desk.called import CALLED, ITEMS, KEYS, LISTS, UNTOLD
from kb.values.languages import language
from kb.values.prose import shown

# How much of a long text is told.
LENGTH = 80
EMPTY = "empty"
# Values that nobody has to be told of where all is new.
_NOTHING: tuple[Any, ...] = (None, False, "", [], {})


@dataclass(frozen=True)
class Names:
    """What ids in a state mean: records by id, and parts of claims by the keys of their rows."""

    records: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[tuple[str, int], str] = field(default_factory=dict)


def differences(before: Any, after: Any, names: Names) -> list[str]:
    """“period was empty, is 2019”; of a part that came or went, what it says.

    Whatever the states hold, nothing is raised: a history outlives the form in which it was written.
    """
    if before is None or after is None:
        return list(_all_of(after if before is None else before, names))
    old, new = _rows(before), _rows(after)
    return [
        line for table in [*new, *(key for key in old if key not in new)] for line in _table(table, old, new, names)
    ]


def _all_of(state: Any, names: Names) -> Iterator[str]:
    for table, rows in _rows(state).items():
        if isinstance(rows, list):
            yield from _listed(table, rows, names)
        else:
            for column, raw in _columns(rows).items():
                if isinstance(raw, list):
                    yield from _listed(column, raw, names)
                elif not (_untold(column, raw) or raw in _NOTHING):
                    yield f"{_called(column)} {value(column, raw, names)}".strip()


def _listed(table: str, items: list[Any], names: Names) -> Iterator[str]:
    for one in items:
        told = _said(one, names)
        yield _item_called(table, one, names) + (f": {told}" if told else "")


def _rows(state: Any) -> Mapping[str, Any]:
    if not isinstance(state, Mapping):
        return {}
    # What every record has is told only where nothing else is.
    return {key: rows for key, rows in state.items() if key != "record" or len(state) == 1}


def _table(table: str, old: Mapping[str, Any], new: Mapping[str, Any], names: Names) -> Iterator[str]:
    was, now = old.get(table), new.get(table)
    if isinstance(was, list) or isinstance(now, list):
        yield from _list(table, _items(was), _items(now), names)
    elif isinstance(was, Mapping) or isinstance(now, Mapping):
        yield from _row(_columns(was), _columns(now), names)
    elif was != now:
        yield _line(plain(table), table, was, now, names)


def _row(was: Mapping[str, Any], now: Mapping[str, Any], names: Names, of: str = "") -> Iterator[str]:
    for column in [*now, *(key for key in was if key not in now)]:
        old, new = was.get(column), now.get(column)
        # “statement was …” says all: its one column needs no name.
        called = f"{of}, {_called(column)}" if of and column != "text" else of or _called(column)
        if old == new or _untold(column, old, new):
            continue
        if isinstance(old, list) or isinstance(new, list):
            yield from _list(column, _items(old), _items(new), names, of)
        elif isinstance(old, Mapping) or isinstance(new, Mapping):
            yield from _row(_columns(old), _columns(new), names, of)
        else:
            yield _line(called, column, old, new, names)


def _line(called: str, column: str, old: Any, new: Any, names: Names) -> str:
    was, now = value(column, old, names), value(column, new, names)
    return f"{called} was {was}, is {now}"


def _list(table: str, was: list[Any], now: list[Any], names: Names, of: str = "") -> Iterator[str]:
    old, new = _by_key(was), _by_key(now)
    for key in [*new, *(one for one in old if one not in new)]:
        gone, come = old.get(key), new.get(key)
        if gone == come:
            continue
        named = ", ".join(filter(None, (of, _item_called(table, come if come is not None else gone, names))))
        if gone is None or come is None:
            told = _said(come if gone is None else gone, names)
            yield f"{named} {'added' if gone is None else 'removed'}" + (f": {told}" if told else "")
        else:
            yield from _row(_columns(gone), _columns(come), names, named)


def _by_key(items: list[Any]) -> dict[str, Any]:
    """Items under what tells them apart; those that nothing does under all that they say."""
    made: dict[str, Any] = {}
    for one in items:
        row = _columns(one)
        keys = next((key for key in KEYS if all(row.get(column) is not None for column in key)), None)
        # The words themselves are no key: a changed one is another one.
        whole = keys is None or (keys == KEYS[0] and "field" not in row)
        made[repr(one) if whole else repr([row[column] for column in keys or ()])] = one
    return made


def _item_called(table: str, item: Any, names: Names) -> str:
    row = _columns(item)
    named = ITEMS.get(table, plain(table))
    if "{}" not in named:
        return named
    if table == "claim_text":
        tag = str(row.get("language", "en"))
        return plain(str(row.get("field", "text"))) + ("" if tag == "en" else f" ({shown(language(tag))})")
    told = row.get("position" if table == "chain_link" else "code", row.get("number", ""))
    if "aspect_id" in row:
        told = value("aspect_id", row["aspect_id"], names)
    return named.format(shown(str(told))).strip()


def _said(item: Any, names: Names) -> str:
    """What an item says, in one line."""
    if not isinstance(item, Mapping):
        return value("", item, names)
    quiet = {"language", "field", "position", "code"} if "text" in item else {"position", "code", "aspect_id"}
    told = {key: one for key, one in item.items() if key not in quiet and one not in _NOTHING}
    words = [value(key, one, names) for key, one in told.items() if not _untold(key, None, one)]
    return ", ".join(words)


def value(column: str, raw: Any, names: Names) -> str:
    """A value as people read it: long texts are cut, and ids are names where those are known."""
    if raw is None or raw == "":
        return EMPTY
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    if isinstance(raw, int):
        return names.parts.get((column, raw), shown(str(raw)[:LENGTH]))
    if not isinstance(raw, str):
        return shown(" ".join(repr(raw).split()), LENGTH)
    if raw in names.records:
        return f"“{_cut(names.records[raw])}”"
    if column in LISTS and raw in LISTS[column]:
        return LISTS[column].label(raw)
    words = _cut(raw)
    return f"“{words}”" if " " in words else words


def plain(name: str) -> str:
    """`left_out_sentence` as “left out sentence”."""
    return shown(name.replace("_", " ").replace("-", " "), LENGTH)


def _called(column: str) -> str:
    return CALLED.get(column) or plain(column.removesuffix("_id") or column)


def _cut(text: str) -> str:
    return shown(" ".join(text[: 4 * LENGTH].split()), LENGTH)


def _untold(column: str, *values: Any) -> bool:
    """Keys of rows that nothing is called by tell nobody anything."""
    known = ("aspect_id", "evidence_id", "explained_id", "share_of_id")
    numbers = all(one is None or isinstance(one, int) for one in values)
    return column in UNTOLD or (column.endswith("_id") and column not in known and numbers)


def _columns(row: Any) -> Mapping[str, Any]:
    return row if isinstance(row, Mapping) else {} if row is None else {"": row}


def _items(rows: Any) -> list[Any]:
    return rows if isinstance(rows, list) else [] if rows is None else [rows]
