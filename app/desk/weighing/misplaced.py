"""What is wrong with an entry as a whole, put beside the field where it is mended."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from kb.desk.entry import BadEntry


@contextmanager
def beside(fields: Mapping[str, str]) -> Iterator[None]:
    """`fields` gives a field for the beginning of what is said; all else stays where it is."""
    try:
        yield
    except BadEntry as bad:
        raise BadEntry(tuple(replace(one, field=one.field or _field(one.what, fields)) for one in bad.faults)) from bad


def _field(what: str, fields: Mapping[str, str]) -> str:
    return next((field for start, field in fields.items() if what.startswith(start)), "")
