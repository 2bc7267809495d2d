"""The mapping that the export's peers go by, and what is said of sizes at which one was not run."""

import json
from pathlib import Path
from typing import Any

import pytest

from bench.export.mapping import OF_THE_DESK_ALONE, yarrrml
from bench.export.sides import Runs
from bench.rounds import CommandFailed
from bench.rows.export import _extrapolated


def test_each_column_is_a_triple_and_accounts_are_none(tmp_path: Path) -> None:
    yarrrml(tmp_path / "mapping.yml", quads=True)
    mappings: dict[str, Any] = json.loads((tmp_path / "mapping.yml").read_text("utf-8"))["mappings"]
    assert not OF_THE_DESK_ALONE & mappings.keys()
    assert {"claim", "evidence", "figure", "source", "passage"} <= mappings.keys()
    aspect = mappings["aspect"]
    assert (aspect["subjects"], aspect["graphs"]) == (
        "http://localhost:8000/aspect/$(id)",
        "http://localhost:8000/claim/$(claim_id)",
    )
    objects = {one["predicates"].rpartition("-")[2]: one["objects"] for one in aspect["predicateobjects"]}
    assert objects.keys() == {"a", "id", "claim_id", "number", "position", "code", "label", "main"}
    assert objects["claim_id"] == {"value": "http://localhost:8000/claim/$(claim_id)", "type": "iri"}
    assert objects["label"] == {"value": "$(label)", "type": "literal"}
    assert objects["number"]["datatype"].endswith("#integer")
    assert objects["main"]["datatype"].endswith("#boolean")


def test_what_is_extrapolated_is_called_so() -> None:
    known = [(1_000, 2.0), (10_000, 20.0)]
    (said,) = _extrapolated(known, 100_000)
    assert "exponent 1.00" in said
    assert "200 s" in said
    assert _extrapolated(known, 10_000) == _extrapolated(known[:1], 100_000) == []


def test_peers_that_write_another_number_of_triples_are_refused(tmp_path: Path) -> None:
    out = tmp_path / "out"
    runs = Runs()
    one = runs.side("one", ["printf", "a\nb\n"], out, piped=True)
    assert one() > 0
    runs.side("other", ["printf", "a\n"], out, piped=True)()
    assert runs.lines == {"one": 2, "other": 1}
    with pytest.raises(CommandFailed, match="one wrote 2 triples, and other 1"):
        runs.as_many("one", "other")
    with pytest.raises(CommandFailed, match="was to write 2"):
        runs.side("one", ["printf", "a\n"], out, piped=True)()
