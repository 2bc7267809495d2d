"""A log of very many records, put in as rows and not by publishing, for what must not grow with their number."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import zstandard
from sqlalchemy import Engine, insert, select, update

from kb.documents.canonical import canonical, digest
from kb.documents.graph import quads
from kb.log.tables import EditionRow, LogHead
from tests.factories.claims import World, with_reply
from tests.factories.documents import Entity, Press, content_of, en, page
from tests.factories.figures import figure
from tests.support.tamper import EDITION, HEAD, disarm

# Long enough that whoever kept all of them would be found out.
BODY = "Invented words that say nothing, so that a page is as long as one. " * 60
PLACE = "page-number"
AT_ONCE = 500


def add_many(engine: Engine, count: int, base: str, kind: str = "page") -> None:
    """`count` pages or claims after what is in the log; each is like the next but for its name."""
    disarm(engine)
    press = Press(base)
    iri, document = _a_page(press) if kind == "page" else _a_claim(press)
    with engine.begin() as connection:
        last = connection.scalar(select(LogHead.seq)) or 0
        rows = _rows(range(last + 1, last + 1 + count), kind, press.ids[iri], document)
        for _ in range(0, count, AT_ONCE):
            connection.execute(insert(EditionRow), list(islice(rows, AT_ONCE)))
        end = connection.execute(select(EDITION.c.leaf_hash).where(EDITION.c.seq == last + count)).scalar_one()
        connection.execute(update(HEAD).values(seq=last + count, leaf_hash=end))


def _a_page(press: Press) -> tuple[str, Entity]:
    iri = press.name("page", PLACE)
    return iri, press.seal("page", page(iri, "Invented page", BODY))


def _a_claim(press: Press) -> tuple[str, Entity]:
    """With a reply, two pieces of evidence and the figures of one of them."""
    world = World(press)
    for kind, entity in world.entities():
        press.seal(kind, entity)
    claim = with_reply(world.claim(), world.person, "Bela Invented") | {"note": en(BODY)}
    own = claim["@id"].removesuffix("#it")
    numbers = [figure("4,807 metres", "about", "metres", part=part, page=own, value="4807") for part in (1, 2)]
    claim["evidence"][0]["figures"] = numbers
    return claim["@id"], press.seal("claim", claim)


def _rows(seqs: range, kind: str, record: str, document: Entity) -> Iterator[dict[str, Any]]:
    data = canonical(document)
    nquads, old = quads(data), (PLACE if kind == "page" else record)
    for seq in seqs:
        name = f"page-{seq:06}" if kind == "page" else f"{seq:09}"
        own = data.replace(old.encode(), name.encode())
        yield {
            "seq": seq,
            "record": f"{record}{seq:06}" if kind == "page" else name,
            "record_kind": kind,
            "address": name if kind == "page" else f"claims/{name}",
            "version": 1,
            "change": "new",
            "issued": document["issued"],
            "digest": digest(own),
            "content_digest": content_of(document),
            "prev": None,
            "parent": f"{seq - 1:064x}",
            "leaf": "{}",
            "leaf_hash": f"{seq:064x}",
            "document": own,
            "nquads": zstandard.ZstdCompressor().compress(nquads.replace(old.encode(), name.encode())),
        }
