"""Counting statements: what a page costs is asserted in statements, never in seconds."""

from types import TracebackType
from typing import Any, Self

from sqlalchemy import Engine, event


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
        if not statement.startswith(("BEGIN", "PRAGMA")):
            self.append(statement)
