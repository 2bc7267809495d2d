"""The newest head that was ever seen here, beside the database: what tells an older copy from the one that was lost.

A log that goes on from an older copy forks: numbers and versions that readers have cited would be given out again.
The file knows only what was told to it, and on another machine nothing is known.
"""

import os
from pathlib import Path

from pydantic import ValidationError

from kb.errors import Broken, Refused
from kb.log.read import Head
from kb.settings import Settings
from kb.verify.manifest import HeadAt

NAME = "known-head.json"


class OlderThanKnown(Refused):
    """The copy lacks editions that were seen here."""


class AnotherLog(Refused):
    """The copy's history is not the one that was seen here."""


def known_head(settings: Settings) -> HeadAt | None:
    """The newest head that was seen here; None where nothing is known. Raises Broken where the file is not readable."""
    path = settings.data / NAME
    try:
        return HeadAt.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        raise Broken("the note of the newest head cannot be read", where=str(path), remedy=_accept(path)) from error


def remember_head(settings: Settings, head: Head | HeadAt) -> None:
    """Note the head, unless a newer one is noted. Whole or not at all: written beside, synced, renamed."""
    if head.seq < 0 or head.leaf_hash is None:
        return
    before = known_head(settings)
    if before is not None and before.seq >= head.seq:
        return
    path = settings.data / NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{NAME}.{os.getpid()}")
    with beside.open("w", encoding="utf-8") as file:
        file.write(HeadAt(seq=head.seq, leaf_hash=head.leaf_hash).model_dump_json() + "\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def refuse_older(settings: Settings, head: HeadAt, made: str) -> HeadAt | None:
    """Raises OlderThanKnown where the copy ends before what was seen here; gives what was seen."""
    known = known_head(settings)
    if known is not None and known.seq > head.seq:
        raise OlderThanKnown(
            f"this backup of {made} ends with edition {head.seq}, but edition {known.seq} was seen here: "
            f"{known.seq - head.seq} published since would be lost, and their numbers given out again",
            where=str(settings.data),
            remedy=f"Take a newer backup. {_accept(settings.data / NAME)}",
        )
    return known


def refuse_other(known: HeadAt | None, leaf_hash: str | None) -> None:
    """`leaf_hash`: what the copy has at the known number. Raises AnotherLog where that is not the known one."""
    if known is not None and known.leaf_hash != leaf_hash:
        raise AnotherLog(
            f"this backup is of another history: its edition {known.seq} is not the one that was seen here",
            where="log",
            remedy="Recover it into another data folder (CLAIMBASE_DATA).",
        )


def _accept(path: Path) -> str:
    return f"If those editions are lost for good, remove {path} first: citations of them will no longer hold."
