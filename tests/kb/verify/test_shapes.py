"""`verify --shapes`: whole editions conform, and one that was changed is named with node, path and reason."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyshacl
import pytest
import rdflib
import zstandard
from sqlalchemy import Engine, select

from kb.db import open_reading_engine
from kb.errors import Missing
from kb.settings import Settings
from kb.verify import shapes
from kb.verify.shapes import check_shapes
from kb.verify.verdict import Verdict
from tests.support.knowledge import Knowledge, publish_knowledge
from tests.support.removed import remove
from tests.support.tamper import EDITION, changed, disarm

CB = "https://w3id.org/claimbase/ns#"


@pytest.fixture
def kb(engine: Engine, tmp_path: Path) -> Knowledge:
    return publish_knowledge(engine, tmp_path)


@pytest.fixture
def reader(settings: Settings, kb: Knowledge) -> Iterator[Engine]:
    opened = open_reading_engine(settings)
    yield opened
    opened.dispose()


def found(reader: Engine, count: int, ref: str | None = None) -> Verdict:
    verdict = Verdict()
    check_shapes(reader, verdict, count, ref)
    return verdict


def test_whole_editions_conform(reader: Engine, kb: Knowledge) -> None:
    steps: list[tuple[int, int]] = []
    before, verdict = rdflib.NORMALIZE_LITERALS, Verdict()
    check_shapes(reader, verdict, 100, None, lambda done, of: steps.append((done, of)))
    assert verdict.problems == []
    assert verdict.counts.shape_checks == 13
    assert steps == [(done, 13) for done in range(1, 14)]
    # pyshacl sets it for the whole process.
    assert rdflib.NORMALIZE_LITERALS is before


def test_as_many_are_drawn_as_are_asked_for(reader: Engine, kb: Knowledge) -> None:
    assert found(reader, 2).counts.shape_checks == 2
    assert found(reader, 100, kb.source).counts.shape_checks == 1
    with pytest.raises(Missing):
        found(reader, 1, "nothing00")


@pytest.mark.parametrize(
    ("old", "new", "where", "said"),
    [
        (b"/vocab/stance-supports>", b"/vocab/stance-settles>", "shapes evidence-1 cb:stance", ""),
        (f"<{CB}seenEvidence> \"2\"".encode(), f"<{CB}seenEvidence> \"5\"".encode(), "shapes assessment-1", "seen"),
        (f"<{CB}main> \"true\"^^".encode(), f"<{CB}main> \"perhaps\"^^".encode(), "shapes aspect-1 cb:main", ""),
    ],
)  # fmt: skip
def test_an_edition_that_was_changed_is_named(
    engine: Engine, reader: Engine, kb: Knowledge, old: bytes, new: bytes, where: str, said: str
) -> None:
    disarm(engine)
    one = (EDITION.c.record == kb.claim) & (EDITION.c.version == 2)
    with engine.connect() as connection:
        packed = connection.execute(select(EDITION.c.nquads).where(one)).scalar_one()
    quads = zstandard.ZstdDecompressor().decompress(packed)
    assert old in quads
    with changed(engine, EDITION, one, nquads=zstandard.ZstdCompressor().compress(quads.replace(old, new))):
        verdict = found(reader, 100, kb.claim)
    assert {(fault.record, fault.version) for fault in verdict.problems} == {(kb.claim, 2)}
    assert any(fault.where.startswith(where) and said in fault.problem for fault in verdict.problems), (
        verdict.in_words()
    )
    assert all(fault.problem for fault in verdict.problems)
    assert verdict.counts.shape_checks == 2


@pytest.mark.filterwarnings("ignore:::rdflib.term")
def test_a_value_that_cannot_be_compared_is_named(engine: Engine, reader: Engine, kb: Knowledge) -> None:
    disarm(engine)
    one = EDITION.c.record == kb.source
    with engine.connect() as connection:
        quads = zstandard.ZstdDecompressor().decompress(
            connection.execute(select(EDITION.c.nquads).where(one)).scalar_one()
        )
    wrong = re.sub(rb'(dcat#startDate> )"[^"]+"', rb'\1"yesterday"', quads)
    assert wrong != quads
    with changed(engine, EDITION, one, nquads=zstandard.ZstdCompressor().compress(wrong)):
        verdict = found(reader, 1, kb.source)
    assert [(fault.record, fault.where) for fault in verdict.problems] == [(kb.source, "shapes")]
    assert verdict.problems[0].problem.startswith("A value cannot be read as what it says it is")


@pytest.mark.parametrize("packed", [b"no zstd", zstandard.ZstdCompressor().compress(b"<a> <b> .\n")])
def test_quads_that_cannot_be_read_are_named(engine: Engine, reader: Engine, kb: Knowledge, packed: bytes) -> None:
    disarm(engine)
    with changed(engine, EDITION, EDITION.c.record == kb.source, nquads=packed):
        verdict = found(reader, 1, kb.source)
    assert [(fault.record, fault.where) for fault in verdict.problems] == [(kb.source, "shapes")]
    assert "cannot be read" in verdict.problems[0].problem


def test_what_was_removed_has_nothing_to_look_at(engine: Engine, reader: Engine, kb: Knowledge) -> None:
    remove(engine, kb)
    verdict = found(reader, 100, kb.claim)
    assert verdict.problems == []
    assert verdict.counts.shape_checks == 2


def test_shapes_that_cannot_be_asked_are_no_refusal(
    reader: Engine, kb: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = rdflib.Graph().parse(
        data=f"""@prefix sh: <http://www.w3.org/ns/shacl#> .
        <urn:shape> a sh:NodeShape ; sh:targetClass <{CB}Source> ; sh:sparql [ sh:message "no" ;
          sh:select "SELECT $this WHERE {{ VALUES ?x {{ 1 }} $this ?p ?o }}" ] .""",
        format="turtle",
    )
    validate = pyshacl.validate
    monkeypatch.setattr(
        shapes.pyshacl, "validate", lambda data, **options: validate(data, **{**options, "shacl_graph": broken})
    )
    verdict = found(reader, 1, kb.source)
    assert len(verdict.problems) == 1
    assert verdict.problems[0].problem.startswith("The shapes could not be asked")


def test_nobody_loads_pyshacl_who_does_not_ask_for_it() -> None:
    code = "import sys, app.cli.commands, app.main, kb.verify.whole; sys.exit('pyshacl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
