"""What commands print: JSON on standard output, words and progress on standard error."""

import json
import sys
from collections.abc import Callable, Iterator, Sized
from contextlib import contextmanager
from typing import Any, Protocol

Advance = Callable[[int, int | None], None]


class Spoken(Protocol):
    """An answer that can be given in JSON and in words, with what was refused."""

    @property
    def refused(self) -> Sized: ...

    def as_json(self) -> dict[str, Any]: ...

    def in_words(self) -> str: ...


def put_json(value: Any) -> None:
    """One JSON value, whole, on standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=1))


def words(text: str) -> None:
    """A line for people, on standard error."""
    print(text, file=sys.stderr)


@contextmanager
def progress(what: str) -> Iterator[Advance]:
    """A bar with rate and time left where standard error is a terminal; `advance(done, total)` moves it."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    rate = TextColumn("{task.fields[rate]}")
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None, rate="")

        def advance(done: int, total: int | None) -> None:
            speed = bar.tasks[0].speed
            bar.update(task, completed=done, total=total, rate=f"{speed:.0f}/s" if speed else "")

        yield advance
