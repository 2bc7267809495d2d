"""Characters of a text of record: which are kept as they came, and what stands for those that cannot be kept.

Kept are no-break spaces, soft hyphens, joiners, marks of direction, emoji and all else that a database, JSON
and XML can hold. Every way to end a line or page becomes one line feed. What can be held nowhere (NUL, other
control characters, halves of surrogate pairs, U+FFFE, U+FFFF) becomes U+FFFD, one for one.
"""

import re

from kb.capture.extracted import MOST_CHARACTERS, NoText

STAND_IN = "\ufffd"

_LINE_END = re.compile("\r\n|[\r\x0b\x0c]")
_UNFIT = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def storable(text: str) -> str:
    """Raises NoText where the text is too long."""
    if len(text) > MOST_CHARACTERS:
        raise NoText(
            f"The text has {len(text):,} characters; at most {MOST_CHARACTERS:,} are taken.",
            "Paste the part that is quoted from.",
        )
    return _UNFIT.sub(STAND_IN, _LINE_END.sub("\n", text))


def note_on(text: str) -> tuple[str, ...]:
    """A sentence where characters of the source did not come through."""
    lost = text.count(STAND_IN)
    if not lost:
        return ()
    subject = "One character" if lost == 1 else f"{lost:,} characters"
    return (f"{subject} could not be read or kept, and U+FFFD stands in the place.",)
