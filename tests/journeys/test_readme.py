"""The README's examples of asking and of the library, run to the letter over the sample."""

import csv
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kb.db import open_reading_engine, reading
from kb.log import read
from kb.projections.dumps.files import make
from tests.conftest import ROOT, absent
from tests.support.answers import VERDICTS
from tests.support.endpoint import Endpoint
from tests.support.places import Place

# On the worker that has made the sample.
pytestmark = pytest.mark.xdist_group("browser")


def blocks(language: str) -> list[str]:
    text = (ROOT / "README.md").read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def claims(sample_place: Place) -> list[Any]:
    """Current, with an assessment."""
    engine = open_reading_engine(sample_place.settings)
    with reading(engine) as session:
        found = [one.document["mainEntity"] for one in read.current(session) if one.record_kind == "claim"]
    engine.dispose()
    return [claim for claim in found if "assessment" in claim]


def test_the_library(
    sample_place: Place,
    claims: list[Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (block,) = blocks("python")
    engine = open_reading_engine(sample_place.settings)
    with reading(engine) as session:
        made = make(session, tmp_path, lambda _done, _total: None)
    engine.dispose()
    shutil.copy(tmp_path / made.folder / "current.nq.zst", tmp_path)
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "sample-8000").symlink_to(sample_place.settings.data.absolute())
    monkeypatch.chdir(tmp_path)
    exec(compile(block, "README.md", "exec"), {})
    said = capsys.readouterr().out.splitlines()
    dump = made.file("current.nq.zst")
    assert dump is not None
    assert said[0] == f"{dump.triples} triples"
    expected = [f"{VERDICTS[claim['assessment']['verdict']]}: {claim['question']['en']}" for claim in claims]
    assert sorted(said[1:]) == sorted(expected)


def test_the_endpoint(sample_address: str, claims: list[Any]) -> None:
    if not shutil.which("curl"):
        absent("curl is not installed, so the README's line was not tried")
    (block,) = (one for one in blocks("sh") if "/sparql" in one)
    with Endpoint(sample_address) as endpoint:
        endpoint.wait()
    line = block.replace("http://localhost:8000", sample_address)
    said = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=True, env={"PATH": "/usr/bin:/bin"})
    verdicts = Counter(VERDICTS[claim["assessment"]["verdict"]] for claim in claims)
    assert {row["verdict"]: int(row["claims"]) for row in csv.DictReader(said.stdout.splitlines())} == verdicts
