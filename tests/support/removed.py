"""An edition whose content was removed, made by hand: what a redaction leaves behind in the database."""

from sqlalchemy import Engine

from kb.db import writing
from kb.log.append import append
from kb.log.tables import EditionRow
from kb.projections.follow import catch_up
from tests.factories.documents import content_of
from tests.support.knowledge import Knowledge
from tests.support.tamper import EDITION, disarm

WHEN = "2026-11-29T09:00:00Z"
LABEL = "To protect a private person"


def remove(engine: Engine, known: Knowledge, note: str = LABEL, version: int = 1) -> EditionRow:
    """Take the content of a version of `known.claim` away; the third one says so, with its class of reason."""
    press = known.world.press
    iri = next(iri for iri, record in press.ids.items() if record == known.claim)
    entity = dict(press.current[iri].entity)
    with writing(engine) as session:
        document = press.seal("claim", entity, "redaction", WHEN) | {"changeNote": {"en": note}}
        row = append(session, document, record_kind="claim", content_digest=content_of(document))
    empty(engine, known.claim, version)
    catch_up(engine)
    return row


def empty(engine: Engine, record: str, version: int) -> None:
    """Document, N-Quads and content digest of one version become empty."""
    disarm(engine)
    with engine.begin() as connection:
        one = (EDITION.c.record == record) & (EDITION.c.version == version)
        done = connection.execute(EDITION.update().where(one).values(document=b"", nquads=b"", content_digest=""))
        assert done.rowcount == 1
