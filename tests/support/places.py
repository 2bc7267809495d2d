"""Whole knowledge bases for tests of pages: the sample, the corpus with a claim corrected three times, a small one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from app.cli.founding import found_empty
from app.cli.sample import build_sample
from kb.blobs import Blobs
from kb.db import open_engine, open_reading_engine, reading
from kb.imports import import_corpus
from kb.log import read as log
from kb.projections.follow import catch_up
from kb.publish.reference import resolve
from kb.settings import Settings
from tests.factories.corpus import copied, edit
from tests.support.corrected import correct
from tests.support.databases import BASE, migrate, settings_for
from tests.support.knowledge import publish_knowledge
from tests.support.publishing import put_out
from tests.support.removed import remove

# The claim of the corpus that has four versions, the last three of them corrections.
CORRECTED = "C22"
NAMES = ("title", "name", "prefLabel", "label")
Json = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """A knowledge base on SQLite that nothing writes to any more; `known` has paths of claims by name."""

    settings: Settings
    known: Mapping[str, str] = field(default_factory=dict)

    def claim(self, name: str) -> str:
        """The path of a claim by its own name: "M6"."""
        if name in self.known:
            return self.known[name]
        engine = open_reading_engine(self.settings)
        with reading(engine) as session:
            record = resolve(session, f"seed:{name}").record
        engine.dispose()
        return f"/claims/{record}"

    def record(self, kind: str, words: str) -> str:
        """The path of the first record of a kind whose name begins with these words."""
        engine = open_reading_engine(self.settings)
        with reading(engine) as session:
            addresses = [
                one.address
                for one in log.everything(session, current_only=True)
                if one.record_kind == kind and _name(one.document["mainEntity"]).startswith(words)
            ]
        engine.dispose()
        return f"/{addresses[0]}"


def _name(entity: Json) -> str:
    return next((str(words) for key in NAMES for words in entity.get(key, {}).values()), "")


def sample_place(folder: Path) -> Place:
    """The sample as `make run` makes it."""
    settings = settings_for(folder / "var", None)
    build_sample(settings, BASE, lambda _done, _total: None)
    return Place(settings)


def corpus_place(folder: Path, seed: Path) -> Place:
    """The corpus, published whole; then CORRECTED is corrected three times."""
    settings = settings_for(folder / "var", None)
    found_empty(settings, BASE)
    engine = open_engine(settings)
    changed = copied(seed, folder / "seed")
    _bring_in(engine, settings, changed)
    assert put_out(engine).refused == {}
    place = Place(settings)
    corrected = place.claim(CORRECTED).rpartition("/")[2]
    for note, name, change in CORRECTIONS:
        edit(changed, name, change)
        _bring_in(engine, settings, changed)
        receipt = put_out(engine, corrected, kind="correction", note=note)
        assert len(receipt.published) == 1
    catch_up(engine)
    engine.dispose()
    return place


def small_place(folder: Path) -> Place:
    """Invented records with what the others lack: a claim that was restored, and a version whose content is gone."""
    settings = settings_for(folder / "var", None)
    migrate(settings)
    engine = open_engine(settings)
    known = publish_knowledge(engine, settings.data)
    remove(engine, known)
    restored = correct(engine, known)
    engine.dispose()
    return Place(settings, {"removed": f"/claims/{known.claim}", "restored": restored.page})


def _bring_in(engine: Engine, settings: Settings, folder: Path) -> None:
    report = import_corpus(engine, folder, blobs=Blobs(settings.blobs), method_version=1)
    assert report.refused == []


def _assessment(value: Json) -> Json:
    found: Json = next(one for one in value["assessments"] if one["claim"] == CORRECTED)
    return found


def _say_who_counted(value: Json) -> None:
    _assessment(value)["reason"] += " Nobody is known to have counted."


def _judge_the_unit(value: Json) -> None:
    unit = next(one for one in _assessment(value)["aspects"] if one["aspect"] == "unit")
    unit |= {"verdict": "contradicted", "confidence": 0.6}


def _doubt(value: Json) -> None:
    _assessment(value)["confidence"] = 0.6


CORRECTIONS: tuple[tuple[str, str, Callable[[Json], None]], ...] = (
    ("The reason did not say that nobody counted.", "assessments.json", _say_who_counted),
    ("The reports say members; followers is contradicted.", "assessments.json", _judge_the_unit),
    ("The confidence was too high for one origin.", "assessments.json", _doubt),
)
