"""A log of very many records, put in as rows and not by publishing, for what must not grow with their number."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import zstandard
from sqlalchemy import Engine, insert, select, update

from kb.documents.canonical import canonical, digest
from kb.documents.graph import quads
from kb.log.tables import EditionRow, LogHead
from tests.factories.documents import Press, content_of, page
from tests.support.tamper import EDITION, HEAD, disarm

# Long enough that whoever kept all of them would be found out.
BODY = "Invented words that say nothing, so that a page is as long as one. " * 60
PLACE = "page-number"
AT_ONCE = 500


def add_many(engine: Engine, count: int, base: str) -> None:
    """`count` pages after what is in the log; each is like the next but for its name."""
    disarm(engine)
    with engine.begin() as connection:
        last = connection.scalar(select(LogHead.seq)) or 0
        rows = _rows(last + 1, count, base)
        for _ in range(0, count, AT_ONCE):
            connection.execute(insert(EditionRow), list(islice(rows, AT_ONCE)))
        end = connection.execute(select(EDITION.c.leaf_hash).where(EDITION.c.seq == last + count)).scalar_one()
        connection.execute(update(HEAD).values(seq=last + count, leaf_hash=end))


def _rows(first: int, count: int, base: str) -> Iterator[dict[str, Any]]:
    press = Press(base)
    iri = press.name("page", PLACE)
    document = press.seal("page", page(iri, "Invented page", BODY))
    record, data = press.ids[iri], canonical(document)
    nquads = quads(data)
    for seq in range(first, first + count):
        name = f"page-{seq:06}"
        own = data.replace(PLACE.encode(), name.encode())
        yield {
            "seq": seq,
            "record": f"{record}{seq:06}",
            "record_kind": "page",
            "address": name,
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
            "nquads": zstandard.ZstdCompressor().compress(nquads.replace(PLACE.encode(), name.encode())),
        }
