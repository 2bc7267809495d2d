"""Citing and checking by the command line: every form, by argument and by standard input, and its exit."""

import io
import sys
from pathlib import Path

import pytest

from kb.formats.citation import FORMS
from kb.verify.citation import LONGEST
from tests.support.command import Command

BASE = "https://facts.example.org/"


@pytest.fixture
def founded(command: Command) -> Command:
    command.well("init", "--base", BASE, "--empty")
    return command


def check(command: Command, monkeypatch: pytest.MonkeyPatch, text: str | bytes, *words: str) -> tuple[int, str]:
    given = text if isinstance(text, bytes) else text.encode()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        answer = command("check-citation", "-", *words)
    return answer.code, answer.out + answer.err


def test_every_form_is_cited_and_found_current(founded: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    for form in FORMS:
        cited = founded.well("cite", "method/v1", "--format", form)
        assert f"{BASE}method/v1" in cited.out
        assert "never change" in cited.err
        code, said = check(founded, monkeypatch, cited.out)
        assert code == 0
        assert said.startswith("Current. The citation is genuine: the digest is that of this version.")
    assert founded.well("cite", "method").out == founded.well("cite", "method/v1").out


def test_the_record_always_newest(founded: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    cited = founded.well("cite", "method", "--newest", "--format", "apa")
    assert cited.out.rstrip().endswith(f"from {BASE}method")
    assert "may change" in cited.err
    code, said = check(founded, monkeypatch, cited.out)
    assert (code, "names no version" in said) == (0, True)


def test_exit_1_for_what_is_not_ours(founded: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    cited = founded.well("cite", "about/v1").out
    digest = cited.rstrip().rpartition(":")[2]
    wrong = cited.replace(digest, digest[:-1] + ("0" if digest[-1] != "0" else "1"))
    for text, verdict in ((wrong, "Not genuine."), ("nothing", "Unknown."), (b"\xff\xfe\x00", "Unknown.")):
        code, said = check(founded, monkeypatch, text)
        assert code == 1
        assert said.startswith(verdict)
    assert founded("check-citation", f"{BASE}about/v1 and {BASE}about/v2").code == 1
    code, said = check(founded, monkeypatch, "x" * (LONGEST + 1))
    assert code == 1
    assert f"at most {LONGEST}" in said


def test_json(founded: Command) -> None:
    told = founded.well("check-citation", f"{BASE}about/v1", "--json").json
    assert told["verdict"] == "current"
    assert (told["address"], told["version"], told["latest"], told["changes"]) == (f"{BASE}about/v1", 1, 1, [])


def test_a_form_that_there_is_not(founded: Command, tmp_path: Path) -> None:
    answer = founded("cite", "about", "--format", "endnote")
    assert answer.code == 2
    assert "csl-json" in answer.err
