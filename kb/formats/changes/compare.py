"""Two versions of one record, fact by fact."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.formats.changes.change import ADDED, CHANGED, REMOVED, Change, Line
from kb.formats.changes.facts import Fact, Order, Part, Told, facts
from kb.values.languages import language


@dataclass(frozen=True)
class _Found:
    """A change, and of which other one it is the consequence (`Fact.follows`)."""

    change: Change
    follows: str | None


def compare(older: Mapping[str, Any], newer: Mapping[str, Any]) -> list[Change]:
    """What changed from one edition of a record to another, in the order of the page.

    Every difference of what is said gives a change. Digests, nonces and dates of issue are of the edition, not of the
    record, and give none.
    """
    found = list(_between(facts(older), facts(newer)))
    first = {one.change.field for one in found if one.follows is None}
    return [one.change for one in found if _is_news(one.follows, first)]


def _is_news(follows: str | None, first: set[str]) -> bool:
    return follows is None or (follows not in first if follows else not first)


def _between(older: Iterable[Told], newer: Iterable[Told]) -> Iterator[_Found]:
    before, after = _by_key(older), _by_key(newer)
    several = _in_several_languages(*before.values(), *after.values())
    for key in _merged(list(before), list(after)):
        was, now = before.get(key), after.get(key)
        if isinstance(was, Part) and isinstance(now, Part):
            if was.node != now.node:
                yield from _between(was.content, now.content)
        elif isinstance(was, Order) or isinstance(now, Order):
            yield from _moved(was, now)
        else:
            yield from _one(key, was, now, several)


def _by_key(told: Iterable[Told]) -> dict[str, Told]:
    """Each under its key; where two have one, as a broken document may have it, the later one gets another."""
    found: dict[str, Told] = {}
    for one in told:
        key = one.key
        while key in found:
            key += "+"
        found[key] = one
    return found


def _in_several_languages(*told: Told) -> set[str]:
    tags: dict[str, set[str]] = {}
    for one in told:
        if isinstance(one, Fact) and one.language is not None:
            tags.setdefault(one.stem, set()).add(one.language)
    return {stem for stem, known in tags.items() if len(known) > 1}


def _merged(older: Sequence[str], newer: Sequence[str]) -> list[str]:
    """The order of the newer version; what is gone stands behind what it stood behind."""
    known, behind, last = set(newer), dict[str | None, list[str]](), None
    for key in older:
        if key in known:
            last = key
        else:
            behind.setdefault(last, []).append(key)
    made = behind.get(None, [])
    for key in newer:
        made += [key, *behind.get(key, ())]
    return made


def _one(key: str, was: Told | None, now: Told | None, several: set[str]) -> Iterator[_Found]:
    if isinstance(was, Fact) and isinstance(now, Fact):
        if was.value != now.value:
            yield _found(now, CHANGED, *_told_apart(was, now), several)
    elif isinstance(now, Fact):
        yield _found(now, ADDED, None, now.text, several)
    elif isinstance(was, Fact):
        yield _found(was, REMOVED, was.text, None, several)
    # Records come into `cited`, and leave it, with what refers to them; that is a change already.
    elif isinstance(now, Part) and now.label:
        lines = tuple(_lines(now))
        yield _Found(Change(key, now.label, ADDED, None, _in_one(lines), lines=lines), None)
    elif isinstance(was, Part) and was.label:
        lines = tuple(_lines(was))
        yield _Found(Change(key, was.label, REMOVED, _in_one(lines), None, lines=lines), None)


def _found(fact: Fact, kind: str, before: str | None, after: str | None, several: set[str]) -> _Found:
    named = fact.label
    if fact.language is not None and fact.stem in several:
        named = f"{named} ({language(fact.language)})"
    return _Found(Change(fact.key, named, kind, before, after, fact.language), fact.follows)


def _told_apart(was: Fact, now: Fact) -> tuple[str, str]:
    """Two records may have one name, and a number may be written in two ways: then the values as they are."""
    if was.text != now.text:
        return was.text, now.text
    return f"{was.text} ({was.value})", f"{now.text} ({now.value})"


def _moved(was: Told | None, now: Told | None) -> Iterator[_Found]:
    """Another order of what both versions have."""
    if not (isinstance(was, Order) and isinstance(now, Order)):
        return
    before = [key for key in was.names if key in now.names]
    after = [key for key in now.names if key in was.names]
    if before != after:
        old, new = ", ".join(was.names[key] for key in before), ", ".join(now.names[key] for key in after)
        yield _Found(Change(now.key, now.label, CHANGED, old, new), None)


def _lines(part: Part) -> Iterator[Line]:
    """All that a part says, those that stand in it with their names."""
    for one in part.content:
        if isinstance(one, Fact) and not one.quiet:
            yield Line(one.in_part, one.text, one.language)
        elif isinstance(one, Part):
            for line in _lines(one):
                yield Line(f"{one.label}: {line.label}", line.text, line.lang)


def _in_one(lines: Sequence[Line]) -> str:
    return "; ".join(f"{line.label}: {line.text}" for line in lines)
