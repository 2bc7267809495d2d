"""Pages that show words of other records' newest editions, which the log has before the catalogue does."""

from collections.abc import Mapping
from typing import Any

import pytest

from app.main import create_app
from kb.db import open_engine, writing
from kb.log.append import append
from tests.app.conftest import Library
from tests.factories.documents import content_of
from tests.support.reader import Reader

WHEN = "2026-11-29T09:00:00Z"
OTHER = "xxxxxxxx"


def otherwise(node: Any) -> Any:
    """The same with other words, as many, in each quotation."""
    if isinstance(node, Mapping):
        return {key: "x" * len(value) if key == "exact" else otherwise(value) for key, value in node.items()}
    return [otherwise(one) for one in node] if isinstance(node, list | tuple) else node


@pytest.mark.parametrize("kind", ["source", "origin"])
def test_words_that_a_claim_lets_go_are_not_given_again(own_library: Library, kind: str) -> None:
    known = own_library.known
    press = known.world.press
    page = "/" + getattr(known.world, kind).removeprefix(press.base).removesuffix("#it")
    iri = next(iri for iri, record in press.ids.items() if record == known.claim)
    writer = open_engine(own_library.settings)
    # An app of readers alone, which moves no catalogue.
    with Reader(create_app(own_library.settings, public_only=True)) as reader:
        first = reader.ask(page)
        with writing(writer) as session:
            document = press.seal("claim", otherwise(press.current[iri].entity), "correction", WHEN)
            document |= {"changeNote": {"en": "Let go"}}
            append(session, document, record_kind="claim", content_digest=content_of(document))
        again = reader.ask(page, If_None_Match=first.headers["etag"])
    writer.dispose()
    assert again.status_code == 200
    assert OTHER in again.text
    assert OTHER not in first.text
