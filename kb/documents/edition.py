"""The model of a whole edition: envelope, main entity, and the words of what it cites."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from kb.documents import addresses
from kb.documents.entity import entity_faults
from kb.documents.faults import NotADocument, fault, read
from kb.documents.forms import (
    Address,
    Agents,
    Digest,
    Edtf,
    Form,
    Maybe,
    Moment,
    Nonce,
    Ordinal,
    Prose,
    Words,
    word,
    wrong,
)
from kb.documents.iris import Places
from kb.documents.nodes import Node, Strict
from kb.documents.references import references
from kb.errors import Refused
from kb.values import vocabulary
from kb.values.prose import check_iri

Thing = Annotated[str, Form("#it$", "The IRI of a record ends in #it.")]
Version = Annotated[str, Form("/v[1-9][0-9]*$", "The IRI of an edition ends in /v and its number.")]

# Without them version 1 would not be the first, or a later one could pass for it.
_FIRST = frozenset({"new", "foundation"})
_OF_SOURCES = (
    "cited_title",
    "cited_publisher",
    "cited_author",
    "cited_date",
    "cited_url",
    "cited_note",
    "cited_copy_of",
    "cited_copy_of_in_words",
    "cited_derived_from",
    "cited_derived_from_in_words",
)


class Cited(Node):
    """A record that the edition refers to, in the words that stood when it was sealed."""

    type: Annotated[Literal["Cited"], Field(alias="@type")]
    record: Thing
    cited_edition: Version
    cited_as: Maybe[Prose] = None
    cited_kind: Maybe[Annotated[str, word(vocabulary.AGENT_KIND)]] = None
    cited_seen: Maybe[bool] = None
    cited_title: Maybe[Prose] = None
    cited_publisher: Maybe[Prose] = None
    cited_author: Maybe[Prose] = None
    cited_date: Maybe[Edtf] = None
    cited_url: Maybe[Address] = None
    cited_note: Maybe[Prose] = None
    cited_copy_of: Maybe[Thing] = None
    cited_copy_of_in_words: Maybe[Prose] = None
    cited_derived_from: Maybe[Annotated[list[Thing], Field(min_length=1)]] = None
    cited_derived_from_in_words: Maybe[Words] = None

    @model_validator(mode="after")
    def _words_are_those_of_its_kind(self) -> Self:
        kind = addresses.kind_of(addresses.record_of(self.record))
        if kind == "source":
            if self.cited_title is None or self.cited_publisher is None or self.cited_date is None:
                raise wrong("A source is cited with title, publisher and date.")
            named = {*self.cited_title.values(), *self.cited_publisher.values()}
            if named & set((self.cited_as or {}).values()):
                raise wrong("A source has citedAs only where the page calls it by neither title nor publisher.")
        elif self.cited_as is None or any(getattr(self, name) is not None for name in _OF_SOURCES):
            raise wrong("A record that is not a source has citedAs, and no words of a source.")
        if (kind == "origin") != (self.cited_seen is not None) or (kind == "agent") != (self.cited_kind is not None):
            raise wrong("An origin is cited with citedSeen, an agent with citedKind, and no other record with either.")
        return self

    @model_validator(mode="after")
    def _edition_is_of_the_record(self) -> Self:
        if addresses.page_of(self.cited_edition) != addresses.page_of(self.record):
            raise wrong("citedEdition is not an edition of the record cited.")
        return self


class Edition(Strict):
    """The envelope: what an edition says of itself."""

    context: Annotated[str, Field(alias="@context")]
    id: Annotated[Version, Field(alias="@id")]
    type: Annotated[Literal["Edition"], Field(alias="@type")]
    format: Literal[1]
    record_id: Annotated[str, Form("^[0-9a-z]{9}$", "An id has nine small letters or digits.")]
    edition_of: Thing
    main_entity: dict[str, Any]
    version: Ordinal
    issued: Moment
    license: Address
    publisher: Agents
    byline: Prose
    change: Annotated[str, word(vocabulary.CHANGE)]
    reviewed: bool
    nonce: Nonce
    change_note: Maybe[Prose] = None
    previous_version: Maybe[Version] = None
    previous_digest: Maybe[Digest] = None
    unreviewed_reason: Maybe[Prose] = None
    cited: Maybe[Annotated[list[Cited], Field(min_length=1)]] = None

    @model_validator(mode="after")
    def _follows_or_is_first(self) -> Self:
        before = (self.previous_version is not None, self.previous_digest is not None)
        if self.version == 1:
            if any(before) or self.change not in _FIRST:
                raise wrong("Version 1 is new, or the foundation, and has no previous version.")
        elif not all(before) or self.change_note is None or self.change in _FIRST:
            raise wrong("A later version has previousVersion, previousDigest, a changeNote and another kind than new.")
        return self

    @model_validator(mode="after")
    def _reviewed_or_with_a_reason(self) -> Self:
        if self.reviewed == (self.unreviewed_reason is not None):
            raise wrong("What was not reviewed has a reason, and what was reviewed has none.")
        return self


def check_document(document: Mapping[str, Any], *, entity_is_whole: bool = False) -> None:
    """Raises the first fault of an edition, with its place as a JSON pointer.

    `entity_is_whole`: the caller knows that the main entity, which stands under its own address, has no fault.
    """
    for one in document_faults(document, entity_is_whole=entity_is_whole):
        raise one


def document_faults(document: Mapping[str, Any], *, entity_is_whole: bool = False) -> list[NotADocument]:
    """All faults of an edition that can be told at once."""
    edition, faults = read(Edition, dict(document))
    if edition is None:
        return faults
    try:
        address, base = addresses.record_of(edition.edition_of), addresses.base_of(edition.edition_of)
        check_iri(base)
    except Refused as refusal:
        return [fault(refusal.what, "editionOf")]
    faults.extend(_envelope(edition, address, base))
    if entity_is_whole:
        return faults + list(_cited(edition, document, base))
    if inside := entity_faults(addresses.kind_of(address), edition.main_entity, "mainEntity"):
        return faults + inside
    return faults + list(_cited(edition, document, base))


def _envelope(edition: Edition, address: str, base: str) -> Iterator[NotADocument]:
    """The IRIs of an edition follow from the base, the address of its record and its number."""
    if edition.context != addresses.context_iri(base):
        yield fault("The context is the one that this knowledge base serves.", "@context")
    if edition.id != addresses.version_iri(base, address, edition.version):
        yield fault("The version IRI is the page of the record, /v and the version.", "@id")
    if edition.previous_version not in {None, addresses.version_iri(base, address, edition.version - 1)}:
        yield fault("The previous version is one lower.", "previousVersion")
    if edition.main_entity.get("@id") != edition.edition_of:
        yield fault("The main entity is the record that this is an edition of.", "mainEntity", "@id")
    kind, name = addresses.kind_of(address), address.rpartition("/")[2]
    if kind in {"claim", "source", "agent", "origin"} and name != edition.record_id:
        yield fault("This is not the id of the record.", "recordId")
    if (edition.change == "foundation") != (kind == "foundation" and edition.version == 1):
        yield fault("Version 1 of the foundation, and it alone, is of the kind foundation.", "change")
    if kind == "claim" and (edition.change == "withdrawal") == ("assessment" in edition.main_entity):
        yield fault("A claim that is withdrawn has no assessment, any other has one.", "mainEntity")


def _cited(edition: Edition, document: Mapping[str, Any], base: str) -> Iterator[NotADocument]:
    """Every record referred to stands in `cited`, once, sorted, and no other."""
    cited = edition.cited or []
    records = [one.record for one in cited]
    entity = edition.main_entity
    wanted = (references(entity) | {edition.publisher}) - {edition.edition_of}
    for missing in sorted(wanted - set(records)):
        yield fault(f"A record referred to does not stand in cited: {missing}", "cited")
    for number, one in enumerate(cited):
        if one.record not in wanted:
            yield fault("Nothing in the edition refers to this record.", "cited", number, "record")
        behind = {one.cited_copy_of, *(one.cited_derived_from or ())} - {None}
        if not behind <= set(records):
            yield fault("A source named by its IRI is cited here too; another stands in words.", "cited", number)
    if records != sorted(set(records)):
        yield fault("The records cited stand once, sorted by their IRI.", "cited")
    walk = Places(addresses.page_of(edition.edition_of), base)
    for number, node in enumerate(document.get("cited", ())):
        yield from walk.faults(node, "cited", number)
    if not edition.publisher.startswith(base):
        yield fault("The publisher is an agent of this knowledge base.", "publisher")
