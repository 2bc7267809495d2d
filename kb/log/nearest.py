"""“Did you mean”: the published address that a mistyped one is nearest to. Drafts never stand here."""

from collections.abc import Iterator
from difflib import get_close_matches

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.log.tables import EditionRow
from kb.values.ids import ALPHABET, LENGTH, is_id, nearest

LOOKALIKES = str.maketrans({"o": "0", "i": "1", "l": "1", "-": None})
# A slug is a word, and there are few topics beside the claims.
BY_WORD = "topics/"
LIKENESS = 0.75


def did_you_mean(session: Session, address: str) -> str | None:
    """The one published address that a slip or two may have been meant to be, else None."""
    folder, slash, name = address.rpartition("/")
    beginning = folder + slash
    if beginning == BY_WORD or not slash:
        best = next(iter(get_close_matches(name, _words(session, beginning), n=1, cutoff=LIKENESS)), None)
    else:
        # The check character leaves about twenty of the six hundred texts that are one slip away.
        close = {beginning + text for text in _slips(name.strip().lower().translate(LOOKALIKES)) if is_id(text)}
        found = select(EditionRow.address).where(EditionRow.version == 1, EditionRow.address.in_(close))
        best = nearest(name, [one.removeprefix(beginning) for one in session.scalars(found)])
    return beginning + best if best else None


def _words(session: Session, beginning: str) -> list[str]:
    """Slugs of topics, or of our own pages."""
    kinds = ("topic",) if beginning else ("page", "foundation")
    wanted = select(EditionRow.address).where(EditionRow.version == 1, EditionRow.record_kind.in_(kinds))
    return [one.removeprefix(beginning) for one in session.scalars(wanted)]


def _slips(text: str) -> Iterator[str]:
    """What the text may have been meant to be: one character changed, left out, put in, or two swapped."""
    if not LENGTH - 1 <= len(text) <= LENGTH + 1:
        return
    yield text
    for place in range(len(text) + 1):
        before, after = text[:place], text[place:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for letter in ALPHABET:
            yield before + letter + after[1:]
            yield before + letter + after
