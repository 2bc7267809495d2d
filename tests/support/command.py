"""The command line as a test calls it: in this process, with what it printed and its exit."""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from app.cli.commands import run


@dataclass(frozen=True)
class Answer:
    """What a command left: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Command:
    """`command("show", "seed:M6", "--json")`; `well` insists on exit 0."""

    def __init__(
        self, environ: Mapping[str, str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        self._environ, self._monkeypatch, self._capfd = environ, monkeypatch, capfd

    def __call__(self, *words: object, **environ: str) -> Answer:
        with self._monkeypatch.context() as patch:
            for name in [name for name in os.environ if name.startswith("CLAIMBASE_")]:
                patch.delenv(name)
            for name, value in {**self._environ, **environ}.items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["claimbase", *map(str, words)])
            self._capfd.readouterr()
            code = run()
        seen = self._capfd.readouterr()
        return Answer(code, seen.out, seen.err)

    def well(self, *words: object, **environ: str) -> Answer:
        answer = self(*words, **environ)
        assert answer.code == 0, f"{' '.join(map(str, words))}: exit {answer.code}\n{answer.err}\n{answer.out[-2000:]}"
        return answer
