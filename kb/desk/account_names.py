"""Names of accounts: what may be one, and which two are the same."""

import re
import unicodedata
from typing import Annotated

from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.forms import checked
from kb.errors import Refused
from kb.values.prose import nfc, shown

LONGEST = 60
_NOT_A_LETTER = re.compile(r"[\W_]+")


def folded(name: str) -> str:
    """Names that differ in capitals, spelling or the width of a space alone are one (Unicode 3.13, D145)."""
    decomposed = unicodedata.normalize("NFD", " ".join(name.split()))
    return nfc(unicodedata.normalize("NFD", decomposed.casefold()).casefold())


def is_name(text: str) -> bool:
    """False for whatever no account can have, such as what a database would choke on."""
    return 0 < len(text) <= LONGEST and text.isprintable() and text == text.strip()


def _bare(name: str) -> str:
    """What is left for the eye that glances at a name: its letters and digits."""
    return _NOT_A_LETTER.sub("", unicodedata.normalize("NFKC", name).casefold())


# History tells accounts from these by the name alone.
RESERVED = frozenset({_bare(LOCAL_OPERATOR.name), "nobody"})


def _check_name(text: str) -> str:
    name = nfc(text)
    if not is_name(name):
        remedy = f"Write 1 to {LONGEST} characters that can be seen, without a space at either end."
        raise Refused(f"“{shown(text)}” is not a name for an account.", remedy=remedy)
    if _bare(name) in RESERVED:
        raise Refused(f"“{shown(text)}” stands in the history for somebody else.", remedy="Choose another name.")
    return name


Name = Annotated[str, checked(_check_name)]
