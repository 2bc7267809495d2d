"""The corpus, imported and published: the shapes of the examples, to the key, but for what an editor added to those."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from kb.blobs import Blobs
from kb.documents.label import list_label, verdict_label
from kb.imports import import_corpus
from kb.settings import Settings
from kb.values.grades import two_places
from tests.support.databases import BASE
from tests.support.publishing import editions, founded, made_of, proven, put_out
from tests.support.readings import Shapes

pytestmark = pytest.mark.corpus
Json = dict[str, Any]

# What an editor added to the examples and the corpus' files do not say; questions were numbered in another order, and
# relations lead to claims that are no examples.
BY_AN_EDITOR = re.compile(
    r"/(measure|inSource|statedOn|occurrences?|retrievedOn)$|^/(openQuestions|relations)|^/figures/0/aspect$"
)


@pytest.fixture
def published(engine: Engine, settings: Settings, shared: Path) -> list[Json]:
    """All documents of the corpus, after one call."""
    founded(engine, settings)
    report = import_corpus(engine, shared / "seed", blobs=Blobs(settings.blobs), method_version=1)
    assert not report.refused
    receipt = put_out(engine)
    assert (receipt.refused, receipt.along) == ({}, frozenset())
    assert {version for _, version, _ in made_of(receipt)} == {1}
    return [edition.document for edition in editions(engine)]


def test_the_corpus_is_published_as_its_authors_meant(
    engine: Engine, settings: Settings, shared: Path, published: list[Json]
) -> None:
    check_claims(published, json.loads((shared / "seed" / "expected.json").read_text("utf-8")))
    examples = [json.loads(path.read_bytes()) for path in sorted((shared / "rdf" / "examples").glob("*.jsonld"))]
    assert check_examples(published, examples) == 57
    check_persons(published, json.loads((shared / "seed" / "claims.json").read_text("utf-8")))
    if engine.dialect.name == "sqlite":
        # The documents are the same on the other database, and the shapes take their time.
        check_shapes(published)
    assert put_out(engine).published == []
    assert proven(settings) == len(published)


def check_claims(documents: list[Json], expected: Json) -> None:
    """Verdict, failing aspects, counts, labels and author of each of the 44."""
    by_name = {own_name(one): one["mainEntity"] for one in documents}
    agents = {one["editionOf"]: own_name(one) for one in documents}
    assert len(expected["claims"]) == 44
    for claim in expected["claims"]:
        entity = by_name[f"seed:{claim['claim']}"]
        judged = entity["assessment"]
        codes = {aspect["@id"]: aspect["code"] for aspect in entity["aspects"]}
        verdicts = {one["aspect"]: one["verdict"] for one in judged["aspectVerdicts"]}
        failing = [{"aspect": codes[one], "verdict": verdicts[one]} for one in judged.get("failing", ())]
        assert (judged["verdict"], failing) == (claim["verdict"], claim["failing_main_aspects"]), claim["claim"]
        assert judged["seenEvidence"] == claim["seen_evidence"]
        assert judged["independentOrigins"] == claim["independent_origins_count"]
        assert two_places(judged["confidence"]) == claim["confidence"]
        assert (verdict_label(entity), list_label(entity)) == (claim["label"], claim["list_label"])
        assert [agents[one] for one in entity.get("author", ())] == [f"seed:{claim['author']}"]
        assert len(entity.get("replies", ())) == claim["replies"]
        read = [link["position"] for link in entity["appearances"][0]["chain"] if link["readByEditor"]]
        assert read == [claim["read_link"]]


def check_examples(documents: list[Json], examples: list[Json]) -> int:
    """Every example that the corpus has, compared; how many there were."""
    ours, theirs = names(documents), names(examples)
    by_name = {own_name(one): one for one in documents}
    compared = 0
    latest = {one["editionOf"]: one for one in sorted(examples, key=lambda one: int(one["version"]))}
    for example in latest.values():
        mine = by_name.get(own_name(example))
        if mine is None:
            continue
        compared += 1
        pairs = differences(plain(example["mainEntity"], theirs), plain(mine["mainEntity"], ours))
        assert [one for one in pairs if not BY_AN_EDITOR.search(one[0])] == [], own_name(example)
        if example["version"] == 1:
            assert example.keys() == mine.keys()
    return compared


def check_persons(documents: list[Json], claims: Json) -> None:
    """Private persons have no edition, and nothing refers to one."""
    private = {f"seed:{one['id']}" for one in claims["entities"] if one["visibility"] == "private"}
    assert len(private) == 4
    assert not private & {own_name(one) for one in documents}
    for document in documents:
        for person in (*document["mainEntity"].get("mentions", ()), *document["mainEntity"].get("concerns", ())):
            if private & set(person.get("externalIds", ())):
                assert (person["visibility"], "record" in person) == ("private", False)


def check_shapes(documents: list[Json]) -> None:
    """A document of each class, and the claim with the replies, by SHACL."""
    classes = {str(document["mainEntity"]["@type"]): document for document in documents}
    classes["['Claim', 'CreativeWork']"] = next(one for one in documents if own_name(one) == "seed:C24")
    shapes = Shapes()
    for document in classes.values():
        assert shapes.complaints(document) == []


def own_name(document: Json) -> str:
    """A record by its id in the corpus, or by its words where it has none."""
    entity = document["mainEntity"]
    words = entity.get("prefLabel") or entity.get("name") or entity["@type"]
    return min(map(short, entity.get("externalIds", [str(words)])))


def short(name: str) -> str:
    """`seed:C04`, as the examples have it, for `seed:air-2019-12-19/C04`."""
    return re.sub("^seed:[^/]*/", "seed:", name)


def names(documents: list[Json]) -> dict[str, str]:
    """Page → name of the record, so that two knowledge bases can be compared."""
    own = {one["editionOf"].removesuffix("#it"): own_name(one) for one in documents}
    publisher = documents[0]["publisher"].removesuffix("#it")
    return own | {publisher: "the desk"}


def plain(value: Any, known: dict[str, str]) -> Any:
    """The same with names for addresses; lists of addresses and ids are sets."""
    if isinstance(value, dict):
        return {key: plain(inner, known) for key, inner in value.items()}
    if isinstance(value, list):
        made = [plain(inner, known) for inner in value]
        return sorted(made) if all(isinstance(one, str) for one in made) else made
    if isinstance(value, str) and value.startswith(BASE):
        page, sign, part = value.partition("#")
        return known.get(page, page) + sign + part
    return short(value) if isinstance(value, str) else value


def differences(one: Any, other: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """(path, one, other) of every value that differs."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(one.keys() | other.keys()):
            yield from differences(one.get(key), other.get(key), f"{path}/{key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for place, (mine, yours) in enumerate(zip(one, other, strict=True)):
            yield from differences(mine, yours, f"{path}/{place}")
    elif one != other:
        yield path, one, other
