"""References as people write them: an id, `id/v2`, an address, a slug, or an external id such as `seed:C04`."""

import re
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk import externals
from kb.desk.tables import Page, Record, Topic
from kb.errors import Missing
from kb.log import read as log
from kb.values.ids import is_id, nearest

_VERSION = re.compile(r"^(?P<ref>.+?)/v(?P<number>[1-9][0-9]{0,8})$")


class NoSuchReference(Missing):
    """Nothing on the desk or in the log has this name."""


@dataclass(frozen=True)
class Reference:
    """A record by its opaque id, and a version where one was named."""

    record: str
    version: int | None = None


def resolve(session: Session, text: str) -> Reference:
    """Raises NoSuchReference with what was probably meant, or Refused where an external id is not unique."""
    found = _VERSION.match(text.strip())
    ref, version = (found["ref"], int(found["number"])) if found else (text.strip(), None)
    record = _by_id(session, ref) or _by_slug(session, ref) or externals.find(session, ref)
    if record is None:
        meant = nearest(ref, session.scalars(select(Record.id))) if len(ref) < 16 else None
        remedy = f"Did you mean {meant}?" if meant else "`claimbase list claims` shows what there is."
        raise NoSuchReference("there is no record of this name.", where=ref[:80], remedy=remedy)
    return Reference(record, version)


def _by_id(session: Session, ref: str) -> str | None:
    bare = ref.rsplit("/", 1)[-1].partition("#")[0].lower()
    if not is_id(bare):
        return None
    # The foundation stands in the log and not on the desk.
    return session.scalar(select(Record.id).where(Record.id == bare)) or (
        bare if log.find_address(session, bare) else None
    )


def _by_slug(session: Session, ref: str) -> str | None:
    bare = ref.rsplit("/", 1)[-1]
    if bare == "foundation":
        return log.latest_at(session, bare).record
    return session.scalar(select(Topic.id).where(Topic.slug == bare)) or session.scalar(
        select(Page.id).where(Page.slug == bare)
    )
