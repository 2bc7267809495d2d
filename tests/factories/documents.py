"""Small invented documents, sealed as publishing seals them: for tests of what reads documents and nothing else."""

import hashlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from kb.documents.canonical import canonical, content_digest, digest
from kb.documents.envelope import CitedRecord, Draft, Sealing, seal
from kb.documents.references import references
from kb.documents.terms import LIST_NAMESPACE, TERM_NAMESPACE
from kb.log.append import append
from kb.log.tables import EditionRow
from kb.values.ids import new_id

BASE = "http://localhost:8000/"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
TEXT = "Mount Example is 4,807 metres high, 🏔 says the survey of 1863; others say “about 4,810”.\n"
TEXT_SHA = hashlib.sha256(TEXT.encode()).hexdigest()
QUOTE = "4,807 metres high"
START = "2026-11-25T09:00:00Z"
FOLDERS = {"claim": "claims", "source": "sources", "agent": "agents", "origin": "origins"}
Entity = dict[str, Any]


def an_id(number: int) -> str:
    """An id that is the same in every run: the next valid one from a number on."""
    numbers = iter(range(number * 64, number * 64 + 64))
    return new_id(lambda _below: next(numbers))


def en(words: str) -> dict[str, str]:
    return {"en": words}


def period(page: str, day: str) -> Entity:
    return {"@id": f"{page}#published", "@type": "Period", "edtf": day, "startDate": day, "endDate": day}


class Press:
    """Seals drafts one after another and keeps what the next ones need: numbers, digests, words of what is cited."""

    def __init__(self, base: str = BASE, first: int = 1) -> None:
        self.base = base
        self.numbers = iter(range(first, first + 100_000))
        self.ids: dict[str, str] = {}
        self.current: dict[str, CitedRecord] = {}
        self.last: dict[str, tuple[int, str]] = {}
        self.nonces = 0
        desk_id = an_id(next(self.numbers))
        self.desk = f"{base}agents/{desk_id}#it"
        self.ids[self.desk] = desk_id
        self.current[self.desk] = CitedRecord(self.desk, "agent", 1, desk_agent(self.desk, base))

    def name(self, kind: str, slug: str = "") -> str:
        """The IRI of a new record."""
        record = an_id(next(self.numbers))
        address = f"{FOLDERS[kind]}/{record}" if kind in FOLDERS else f"topics/{slug}" if kind == "topic" else slug
        iri = f"{self.base}{address}#it"
        self.ids[iri] = record
        return iri

    def adopt(self, iri: str, number: int) -> str:
        """The id of a record whose address is known, the same in every process for the same number."""
        self.ids[iri] = an_id(10_000 + number)
        return self.ids[iri]

    def draft(self, kind: str, entity: Entity) -> Draft:
        iri = entity["@id"]
        address = iri.removeprefix(self.base).removesuffix("#it")
        return Draft(self.ids[iri], kind, address, entity, references(entity))

    def seal(self, kind: str, entity: Entity, change: str = "new", issued: str = START) -> Entity:
        """The next version of a record as a document; nothing is logged."""
        draft = self.draft(kind, entity)
        version, previous = self.last.get(draft.record, (0, None))
        self.nonces += 1
        document = seal(
            draft,
            Sealing(
                base=self.base,
                version=version + 1,
                issued=issued,
                change=change,
                change_note=None if version == 0 else en(f"Invented note of version {version + 1}."),
                nonce=f"{self.nonces:032x}",
                previous_digest=previous,
                license=LICENCE,
                publisher=self.desk,
                byline=en("Invented desk"),
                reviewed=False,
                unreviewed_reason=en("Invented for a test."),
                cited=self.current,
            ),
        )
        self.last[draft.record] = (version + 1, digest(canonical(document)))
        self.current[entity["@id"]] = CitedRecord(entity["@id"], kind, version + 1, entity)
        return document

    def publish(
        self, session: Session, kind: str, entity: Entity, change: str = "new", issued: str = START
    ) -> EditionRow:
        """Seal and append."""
        document = self.seal(kind, entity, change, issued)
        return append(session, document, record_kind=kind, content_digest=content_of(document))

    def found(self, session: Session) -> None:
        """The foundation and the desk's own agent."""
        self.publish(session, "foundation", foundation(self.name("foundation", "foundation"), self.base), "foundation")
        self.publish(session, "agent", dict(self.current[self.desk].entity))


def content_of(document: Mapping[str, Any]) -> str:
    entity = document["mainEntity"]
    return content_digest(entity, references(entity))


def foundation(iri: str, base: str) -> Entity:
    return {
        "@id": iri,
        "@type": "Foundation",
        "baseAddress": base,
        "termNamespace": TERM_NAMESPACE,
        "listNamespace": LIST_NAMESPACE,
        "format": 1,
        "license": LICENCE,
    }


def desk_agent(iri: str, base: str) -> Entity:
    return agent(iri, "Invented desk", "organisation") | {"url": base}


def agent(iri: str, name: str, kind: str = "person") -> Entity:
    types = {"person": ["Person", "Agent"], "organisation": ["Organization", "Agent"]}
    return {"@id": iri, "@type": types[kind], "agentKind": kind, "name": en(name), "visibility": "public"}


def source(iri: str, title: str, *, held: bool = False, origins: tuple[str, ...] = ()) -> Entity:
    """A source; with a held snapshot of TEXT where asked for."""
    page = iri.removesuffix("#it")
    made: Entity = {
        "@id": iri,
        "@type": ["Source", "Report"],
        "title": en(title),
        "publisherAsPrinted": en("Invented Survey"),
        "genre": en("report"),
        "inLanguage": "en",
        "published": period(page, "1863-05-01"),
        "datePublished": "1863-05-01",
        "seen": True,
        "status": "available",
    }
    if origins:
        made["restsOn"] = list(origins)
    if held:
        made["snapshots"] = [
            {
                "@id": f"{page}#snapshot-1",
                "@type": ["Snapshot", "MediaObject"],
                "holding": "held",
                "openToReaders": False,
                "sha256": TEXT_SHA,
                "textSha256": TEXT_SHA,
                "byteSize": len(TEXT.encode()),
                "characters": len(TEXT),
                "encodingFormat": "text/plain; charset=utf-8",
                "retrievedOn": "2026-11-24T08:00:00Z",
            }
        ]
    return made


def origin(iri: str, label: str) -> Entity:
    return {"@id": iri, "@type": "Origin", "label": en(label), "genre": en("survey"), "seen": True}


def topic(iri: str, label: str) -> Entity:
    return {"@id": iri, "@type": ["Topic", "Concept"], "prefLabel": en(label)}


def page(iri: str, name: str, body: str = "Invented text.") -> Entity:
    return {"@id": iri, "@type": ["Page", "WebPage"], "name": en(name), "body": en(body), "inLanguage": "en"}
