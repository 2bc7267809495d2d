"""The commands of the data page about files: they do what they say, with nothing but curl, gunzip and sha256sum."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import html

from kb.db import open_reading_engine
from kb.projections.dumps.keeping import FOLDER, Dumps
from kb.projections.dumps.manifest import Manifest
from kb.settings import Settings
from tests.support.abroad import Abroad, opened_abroad


@dataclass
class Stocked:
    """A knowledge base served at its own address, with files."""

    abroad: Abroad
    manifest: Manifest
    commands: dict[str, list[str]]


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stocked]:
    for program in ("curl", "sha256sum", "gunzip"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not on this machine")
    folder = tmp_path_factory.mktemp("stocked")
    with opened_abroad(folder) as abroad:
        engine = open_reading_engine(Settings(data=folder))
        manifest = Dumps(engine, folder / FOLDER).make(lambda _done, _last: None)
        engine.dispose()
        page = shell(f"curl -s {abroad.base}data", folder)
        tree = html.fromstring(page)
        commands = {
            name: [" ".join(code.text_content().split()) for code in tree.get_element_by_id(name).iter("code")]
            for name in ("load-line", "mirror-lines", "query-line")
        }
        yield Stocked(abroad, manifest, commands)


def shell(command: str, folder: Path) -> str:
    done = subprocess.run(
        ["/bin/sh", "-c", command], cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stderr}"
    return done.stdout


def test_five_lines_make_a_mirror_and_keep_it(stocked: Stocked, tmp_path: Path) -> None:
    told = [shell(command, tmp_path) for command in stocked.commands["mirror-lines"]]
    everything = stocked.manifest.file("all.nq.gz")
    assert everything is not None
    assert len(told) == 5
    assert told[:3] == ["", "", "all.nq.gz: OK\n"]
    assert int(told[3]) == everything.triples
    assert f'"seq":{stocked.manifest.seq}' in told[4].replace(" ", "")
    # The second time there is nothing newer, and what is here stays.
    mirrored = (tmp_path / "all.nq.gz").stat()
    assert [shell(command, tmp_path) for command in stocked.commands["mirror-lines"]] == told
    assert (tmp_path / "all.nq.gz").stat().st_size == mirrored.st_size == everything.bytes


def test_a_mirror_with_a_byte_that_is_another_is_noticed(stocked: Stocked, tmp_path: Path) -> None:
    fetch, checksum, check, *_ = stocked.commands["mirror-lines"]
    shell(fetch, tmp_path)
    shell(checksum, tmp_path)
    file = tmp_path / "all.nq.gz"
    file.write_bytes(file.read_bytes()[:-1] + b"\0\0")
    assert subprocess.run(["/bin/sh", "-c", check], cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_one_line_loads_all_that_is_current_into_rdflib(stocked: Stocked, tmp_path: Path) -> None:
    [command] = stocked.commands["load-line"]
    assert command.startswith("python3 -c")
    told = shell(command.replace("python3", sys.executable, 1), tmp_path)
    current = stocked.manifest.file("current.nq.gz")
    assert current is not None
    assert int(told) == current.triples


def test_the_question_is_one_that_the_endpoint_answers(stocked: Stocked, tmp_path: Path) -> None:
    [command] = stocked.commands["query-line"]
    # An index that is being made is asked again. Only into a file does the last answer take the place of the earlier.
    answered = tmp_path / "answer.csv"
    asked = re.sub(r"^curl -s ", f"curl -s --retry 40 -o {answered.name} -w '%{{http_code}}' ", command)
    status = shell(asked, tmp_path)
    if status == "503":
        pytest.skip("this machine cannot isolate queries")
    current, vocabulary = (stocked.manifest.file(name) for name in ("current.nq.gz", "vocabulary.ttl"))
    assert current is not None
    assert vocabulary is not None
    assert status == "200"
    assert answered.read_text("utf-8").split() == ["triples", str(current.triples + vocabulary.triples)]


def test_a_download_that_broke_off_goes_on(stocked: Stocked, tmp_path: Path) -> None:
    base = f"{stocked.abroad.base}data/all.jsonld.gz"
    shell(f"curl -s -r 0-999 -o part {base} && curl -s -C - -o part {base}", tmp_path)
    shell(f"curl -s -o whole {base}", tmp_path)
    assert (tmp_path / "part").read_bytes() == (tmp_path / "whole").read_bytes()
