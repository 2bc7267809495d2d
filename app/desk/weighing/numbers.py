"""Numbers as editors type them: a comma for the point, blanks or signs between thousands; read so, and read back."""

import re

from kb.desk.entry import BadEntry, Fault
from kb.values.prose import shown

# Longer than any number that is kept: it is refused as it stands.
LONGEST = 80
_BLANKS = re.compile(r"-?[0-9]{1,3}([ \u00a0\u2009\u202f'\u2019][0-9]{3})+([.,][0-9]+)?")
_COMMAS = re.compile(r"-?[0-9]{1,3}((,[0-9]{3}){2,}(\.[0-9]+)?|(,[0-9]{3})+\.[0-9]+)")
_POINTS = re.compile(r"-?[0-9]{1,3}((\.[0-9]{3}){2,}(,[0-9]+)?|(\.[0-9]{3})+,[0-9]+)")
_TWO_WAYS = re.compile(r"-?[1-9][0-9]{0,2},[0-9]{3}")
_COMMA = re.compile(r"-?[0-9]+,[0-9]+")


def as_decimal(text: str, field: str) -> str:
    """The number with a point and without separators; what is no number stays as it is, for the entry to refuse.

    Raises BadEntry at the field where it can be read in two ways.
    """
    typed = text.strip().replace("\u2212", "-")
    if len(typed) > LONGEST:
        return typed
    if _TWO_WAYS.fullmatch(typed):
        plain, point = typed.replace(",", ""), typed.replace(",", ".")
        what = f"“{shown(typed)}” can be read in two ways."
        raise BadEntry((Fault(field, what, f"Write {plain}, or {point} if the comma is the decimal point."),))
    if _BLANKS.fullmatch(typed):
        return re.sub(r"[^0-9.,-]", "", typed).replace(",", ".")
    if _COMMAS.fullmatch(typed):
        return typed.replace(",", "")
    if _POINTS.fullmatch(typed):
        return typed.replace(".", "").replace(",", ".")
    return typed.replace(",", ".") if _COMMA.fullmatch(typed) else typed
