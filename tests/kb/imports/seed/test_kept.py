"""Every key of the files is kept, or not kept for a reason that the report gives."""

from pathlib import Path
from typing import Any

import pytest

from kb.db import DeskTable
from kb.imports.seed.kept import KEPT, NOT_KEPT, leaves, not_kept
from kb.imports.seed.layout import ArticleRow, AssessmentRow, ClaimRow, EntityRow, EvidenceRow, LeftOutRow, OriginRow
from kb.imports.seed.layout import SourceRow as Work
from kb.imports.seed.reading import CLAIMS, read_files
from tests.factories.corpus import BRIDGE, FILES, load

SAMPLE = Path(__file__).parents[4] / "kb" / "imports" / "sample"


def unaccounted(folder: Path) -> set[str]:
    found = set()
    for name in FILES:
        for path, _ in leaves(load(folder, name)):
            if (path in KEPT[name]) == (path in NOT_KEPT[name]):
                found.add(f"{name} {path}")
    return found


@pytest.mark.parametrize("folder", [BRIDGE, SAMPLE / "column", SAMPLE / "mountains"], ids=lambda path: path.name)
def test_every_key_is_kept_or_not_kept_for_a_reason(folder: Path) -> None:
    assert unaccounted(folder) == set()


@pytest.mark.corpus
def test_every_key_of_the_corpus_is_accounted_for(shared: Path) -> None:
    assert unaccounted(shared / "seed") == set()
    met = {(name, path) for name in FILES for path, _ in leaves(load(shared / "seed", name))}
    tables = {(name, path) for table in (KEPT, NOT_KEPT) for name in table for path in table[name]}
    # The corpus has every field that we know but one: no text in it is open.
    assert tables == met | {(CLAIMS, "source.licence")}


def test_what_is_kept_names_a_column_of_the_desk() -> None:
    columns = {
        f"{table.name}.{column.name}" for table in DeskTable.metadata.tables.values() for column in table.columns
    }
    assert {column for table in KEPT.values() for column in table.values()} <= columns


def test_the_layout_knows_the_same_fields(tmp_path: Path) -> None:
    """A field of a model that no table speaks of would be read and forgotten."""

    def fields(model: Any, path: str) -> set[str]:
        found = set()
        for name, field in model.model_fields.items():
            inner = _model_in(field.annotation)
            many = "[]" if "list" in str(field.annotation) else ""
            here = f"{path}.{name}{many}"
            found |= fields(inner, here) if inner else {here}
        return found

    models = {
        "claims.json": {"source": ArticleRow, "entities[]": EntityRow, "claims[]": ClaimRow, "left_out[]": LeftOutRow},
        "evidence.json": {"origins[]": OriginRow, "sources[]": Work, "evidence[]": EvidenceRow},
        "assessments.json": {"assessments[]": AssessmentRow},
    }
    for name, rows in models.items():
        known = set().union(*(fields(model, path) for path, model in rows.items()))
        told = {path for path in KEPT[name].keys() | NOT_KEPT[name].keys() if "." in path}
        assert known == told, name


def _model_in(annotation: Any) -> Any:
    if hasattr(annotation, "model_fields"):
        return annotation
    return next((found for one in getattr(annotation, "__args__", ()) if (found := _model_in(one))), None)


def test_the_report_counts_what_is_not_kept() -> None:
    told = {one.field: (one.count, one.reason) for one in not_kept(read_files(BRIDGE))}
    assert told["claims.json claims[].slug"] == (4, "names persons and asserts; addresses are opaque")
    assert told["assessments.json assessments[].seen_evidence"][0] == 4
    assert all(count and reason for count, reason in told.values())
