"""Counting statements: what a page costs is asserted in statements, never in seconds."""

import threading
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Engine, event

# The threads of the followers, by the names that app/main gives them.
BEHIND = ("SPARQL index", "lists", "dumps")


class Statements(list[str]):
    """Every statement that an engine sends while the block runs; BEGIN and PRAGMA aside."""

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.engine = engine

    def __enter__(self) -> Self:
        event.listen(self.engine, "before_cursor_execute", self._note)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        event.remove(self.engine, "before_cursor_execute", self._note)

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        # What follows the log looks at it every second, whatever a page costs.
        if not statement.startswith(("BEGIN", "PRAGMA")) and threading.current_thread().name not in BEHIND:
            self.append(statement)
