"""An empty knowledge base: schema, foundation, and the pages of its own."""

from kb.db import open_engine
from kb.db.migrate import upgrade
from kb.desk.actors import LOCAL_OPERATOR
from kb.projections.follow import catch_up
from kb.publish.found import found
from kb.settings import Settings


def found_empty(settings: Settings, base: str) -> None:
    """Raises CannotStart where a knowledge base is there already."""
    engine = open_engine(settings)
    try:
        upgrade(engine)
        found(engine, LOCAL_OPERATOR, settings, base)
        catch_up(engine)
    finally:
        engine.dispose()
