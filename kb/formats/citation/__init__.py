"""Citations of one version, or of a record whatever its version, drawn from a document in seven forms."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kb.errors import Refused
from kb.formats.citation.bibtex import bibtex
from kb.formats.citation.csl import csl_json
from kb.formats.citation.prose import apa, chicago, text
from kb.formats.citation.ris import ris
from kb.formats.citation.wikipedia import wikipedia
from kb.formats.citation.work import Work, work_of

__all__ = ["FORMS", "KINDS", "Kind", "NoSuchCitation", "Work", "cite", "work_of", "written"]


@dataclass(frozen=True)
class Kind:
    """A form of citation: what it is called, and what a file of it is."""

    write: Callable[[Work], str]
    label: str
    media_type: str
    suffix: str


KINDS: Mapping[str, Kind] = {
    "text": Kind(text, "Plain text", "text/plain", "txt"),
    "apa": Kind(apa, "APA", "text/plain", "txt"),
    "chicago": Kind(chicago, "Chicago", "text/plain", "txt"),
    "wikipedia": Kind(wikipedia, "Wikipedia", "text/plain", "txt"),
    "bibtex": Kind(bibtex, "BibTeX", "application/x-bibtex", "bib"),
    "ris": Kind(ris, "RIS", "application/x-research-info-systems", "ris"),
    "csl-json": Kind(csl_json, "CSL-JSON", "application/vnd.citationstyles.csl+json", "json"),
}
FORMS = tuple(KINDS)


class NoSuchCitation(Refused):
    """Citations are not written in this form."""


def cite(
    document: Mapping[str, Any], digest: str, form: str = "text", *, withdrawn: bool = False, newest: bool = False
) -> str:
    """The citation of a version: author of the page, title, version, date, address, digest.

    `withdrawn`: the record was withdrawn after this version. `newest`: the record is cited and not this version, so
    that the address names none and there is no digest.
    """
    return written(work_of(document, digest, withdrawn=withdrawn, newest=newest), form)


def written(work: Work, form: str) -> str:
    """A work in one of FORMS. Raises NoSuchCitation."""
    if form not in KINDS:
        what = f"a citation is not written as “{form[:40]}”"
        raise NoSuchCitation(what, where="format", remedy=f"Known: {', '.join(FORMS)}.")
    return KINDS[form].write(work)
