"""No two words alike: every field that the models know is filled with words of its own, and each must be on its page.

A new field of the models comes in here by itself; a page that does not show it fails, unless the list of exceptions
says why.
"""

import itertools
import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from jinja2 import Environment, FunctionLoader
from sqlalchemy import Engine, select

from app.main import create_app
from app.verify.pages import Pages, open_pages
from app.web import templates
from kb.blobs import Blobs
from kb.db import writing
from kb.documents.canonical import digest
from kb.documents.context import TERMS, Kind
from kb.documents.nodes import Node
from kb.log.chain import Fault
from kb.log.read import Edition, everything
from kb.projections.follow import catch_up
from kb.settings import Settings
from tests.factories.whole import whole
from tests.support.publishing import founded, put_out
from tests.support.tamper import EDITION, disarm

# Several words a language.
MANY = {"hedges", "boosters", "otherNames"}
# Of the sources cited, what no page of the one that cites them says.
KEPT = {"citedNote", "citedCopyOfInWords", "citedDerivedFromInWords"}


def models(base: type[Node] = Node) -> dict[str, type[Node]]:
    found = {}
    for one in base.__subclasses__():
        found |= {one.__name__: one, **models(one)}
    return found


MODELS = models()


class Filling:
    """Gives every text of an edition a word that stands nowhere else, and fills what is empty."""

    def __init__(self) -> None:
        self.numbers = itertools.count(1)
        self.filled: set[str] = set()

    def word(self) -> str:
        return f"w{next(self.numbers):05}w"

    def document(self, document: dict[str, Any]) -> dict[str, Any]:
        return {**document, "mainEntity": self.node(document["mainEntity"]), "cited": self.node(document["cited"])}

    def node(self, value: Any, key: str = "") -> Any:
        if isinstance(value, list):
            return [self.node(one, key) for one in value]
        if key in TERMS and TERMS[key].kind is Kind.LANGUAGE:
            return value if key in KEPT else {lang: self.words(some, key) for lang, some in value.items()}
        if isinstance(value, str) and key == "exact":
            return f"{value} {self.word()}"
        if not isinstance(value, dict):
            return value
        return {name: self.node(inner, name) for name, inner in self.whole(value).items()}

    def words(self, some: Any, key: str) -> Any:
        if isinstance(some, list):
            return [self.words(one, key) for one in some]
        return f"{self.word()}?" if key == "question" else f"{some} {self.word()}"

    def whole(self, node: dict[str, Any]) -> dict[str, Any]:
        """The node with every text that its model knows."""
        model = next((MODELS[name] for name in classes(node) if name in MODELS), None)
        if model is None or "@type" not in node:
            return node
        made = dict(node)
        for field in model.model_fields.values():
            key = str(field.alias)
            if is_words(key) and key not in made and fits(node, key):
                made[key] = {"en": ["x"] if key in MANY else "x"}
            if is_words(key) and key in made:
                self.filled.add(f"{model.__name__}.{key}")
        return made | ({"strength": "strong"} if "strengthReason" in made else {})


def classes(node: dict[str, Any]) -> list[str]:
    names = node.get("@type", [])
    return [names] if isinstance(names, str) else names


def fits(node: dict[str, Any], key: str) -> bool:
    """Words of what is not there say nothing: a translation of no quote, a grade of no source."""
    if key == "translation":
        return "selector" in node.get("target", {})
    return key != "sourceGradeReason" or "sourceGrade" in node


@pytest.fixture
def unlike(settings: Settings, engine: Engine) -> tuple[Settings, Filling]:
    """Published as usual, and then altered where it is stored: pages are made of whatever stands there."""
    founded(engine, settings)
    with writing(engine) as session:
        whole(session, Blobs(settings.blobs))
    put_out(engine)
    catch_up(engine)
    disarm(engine)
    filling = Filling()
    with engine.begin() as connection:
        for seq, data in connection.execute(select(EDITION.c.seq, EDITION.c.document)).all():
            document = json.loads(data)
            if "cited" in document:
                altered = json.dumps(filling.document(document), ensure_ascii=False).encode()
                values = {"document": altered, "digest": digest(altered)}
                connection.execute(EDITION.update().where(EDITION.c.seq == seq).values(**values))
    return settings, filling


def test_every_word_of_every_field_is_on_its_page(unlike: tuple[Settings, Filling]) -> None:
    settings, filling = unlike
    known = {
        f"{name}.{field.alias}"
        for name, model in MODELS.items()
        for field in model.model_fields.values()
        if name[0] != "_" and name != "Cited" and is_words(str(field.alias))
    }
    # What the scene has no node of would not be tried.
    assert known - filling.filled == set()
    app = create_app(settings, public_only=True)
    with open_pages(app, data_every=1) as pages:
        assert [fault for edition in stored(app) for fault in pages(edition)] == []


PRINTS = re.compile(r"{{ (?:t|exact|printed|record|short|item|source_line)\([^{}]*\) }}|{{ [a-z_.]*digest }}")
KINDS = ("claim", "source", "agent", "origin", "topic", "page")
PARTS = tuple(f"parts/{part}.html" for part in ("evidence", "figures", "quote", "record", "forms"))


def mutants() -> Iterator[tuple[str, str, str]]:
    """(template, its text without one place where words of a document are printed, that place)."""
    for name in (*(f"public/{kind}.html" for kind in KINDS), *PARTS):
        text = (templates.FOLDER / name).read_text("utf-8")
        for place in PRINTS.finditer(text):
            yield name, text[: place.start()] + text[place.end() :], place[0]


class Workshop:
    """Pages made with one template changed, and what is said of them."""

    def __init__(self, app: FastAPI, honest: Pages) -> None:
        self.editions = [one for one in stored(app) if one.record_kind in KINDS]
        self.pages = Pages(self.ask, app.state.door, data_every=10**9)
        self.honest = honest
        self.asked: dict[str, bytes] = {}
        self.environment = templates._environment()

    def ask(self, way: str, accept: str) -> httpx.Response:
        reply = self.honest.ask(way, accept)
        self.asked[way] = reply.content
        return reply

    def faults(self, template: str) -> list[Fault]:
        """Of the records that are made with this template."""
        self.asked.clear()
        made = [one for one in self.editions if template in (f"public/{one.record_kind}.html", *PARTS)]
        return [fault for one in made for fault in self.pages(one)]

    def changed(self, template: str, text: str) -> Environment:
        def load(name: str) -> str:
            return text if name == template else (templates.FOLDER / name).read_text("utf-8")

        return self.environment.overlay(loader=FunctionLoader(load))


@pytest.mark.slow
def test_a_template_that_drops_words_is_found_out(
    unlike: tuple[Settings, Filling], database_kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if database_kind == "postgresql":
        pytest.skip("templates do not know which database it is")
    app = create_app(unlike[0], public_only=True)
    missed, found_out = [], 0
    with open_pages(app) as honest:
        shop = Workshop(app, honest)
        assert shop.faults(PARTS[0]) == []
        as_they_are = {way: words_in(page) for way, page in shop.asked.items()}
        for template, text, place in mutants():
            environment = shop.changed(template, text)
            monkeypatch.setattr(templates, "_environment", lambda made=environment: made)
            faults = shop.faults(template)
            lost = {word for way, page in shop.asked.items() for word in as_they_are[way] - words_in(page)}
            # What a page says twice is not lost; and a branch that the scene does not take loses nothing.
            missed += [f"{template}: {place}"] if lost and not faults else []
            found_out += bool(faults)
    assert missed == []
    assert found_out > 60


def words_in(page: bytes) -> set[bytes]:
    """The words that stand nowhere else."""
    return set(re.findall(rb"w[0-9]{5}w", page))


def is_words(key: str) -> bool:
    return key in TERMS and TERMS[key].kind is Kind.LANGUAGE


def stored(app: FastAPI) -> list[Edition]:
    with app.state.door.open() as session:
        return list(everything(session))
