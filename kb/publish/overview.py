"""A record at a glance: its edition, or its draft compiled as publishing would."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from kb.desk import externals
from kb.errors import Missing
from kb.log import read as log
from kb.log.read import Edition
from kb.publish.publish import preview
from kb.publish.reference import resolve
from kb.values.grades import two_places


@dataclass(frozen=True)
class Overview:
    """`version` and `digest` are None for a draft, whose document is the main entity alone."""

    id: str
    external_ids: tuple[str, ...]
    version: int | None
    digest: str | None
    document: Mapping[str, Any]

    @property
    def entity(self) -> Mapping[str, Any]:
        entity: Mapping[str, Any] = self.document["mainEntity"]
        return entity

    def as_json(self) -> dict[str, Any]:
        """DESIGN 9, `show --json`; a record that is no claim has no verdict."""
        judged = _judged(self.entity) if "assessment" in self.entity else {}
        return {
            "id": self.id,
            "external_ids": list(self.external_ids),
            **judged,
            "version": self.version,
            "digest": self.digest,
            "document": self.document,
        }

    def field(self, name: str) -> str:
        """One field as plain text. Raises Missing with the names that there are."""
        fields = self.as_json() | dict(self.entity)
        if name not in fields:
            raise Missing(f"there is no field “{name[:40]}”.", where=self.id, remedy=f"Known: {', '.join(fields)}.")
        value = fields[name]
        if isinstance(value, dict) and len(value) == 1 and isinstance(only := next(iter(value.values())), str):
            return only
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def in_words(self) -> str:
        state = f"version {self.version}, sha256:{self.digest}" if self.version else "draft, not published"
        lines = [f"{self.id}  {state}"]
        lines += [
            f"{key}: {self.field(key)}"
            for key in ("question", "statement", "title", "label", "name")
            if key in self.entity
        ]
        if "assessment" in self.entity:
            judged = self.as_json()
            lines += [f"verdict: {judged['verdict']}", *[f"  {f['aspect']}: {f['verdict']}" for f in judged["failing"]]]
            lines += [
                f"confidence: {judged['confidence']}",
                f"{judged['seen_evidence']} items, {judged['origins']} origins",
            ]
        return "\n".join(lines)


def overview(session: Session, base: str, ref: str, version: int | None = None) -> Overview:
    """The version that was asked for, else the latest, else the draft."""
    found = resolve(session, ref)
    named = externals.of_record(session, found.record)
    edition = _edition(session, found.record, version or found.version)
    if edition is not None:
        return Overview(found.record, named, edition.version, edition.digest, edition.document)
    return Overview(found.record, named, None, None, {"mainEntity": dict(preview(session, base, found.record).entity)})


def edition_of(session: Session, ref: str) -> Edition | None:
    """The edition that a reference means; None for a draft."""
    found = resolve(session, ref)
    return _edition(session, found.record, found.version)


def _edition(session: Session, record: str, version: int | None) -> Edition | None:
    if version is None:
        return log.latest(session, record)
    address = log.find_address(session, record)
    if address is None:
        raise Missing("nothing is published of this record, so it has no versions.", where=record)
    return log.version(session, address, version)


def _judged(entity: Mapping[str, Any]) -> dict[str, Any]:
    assessment = entity["assessment"]
    codes = {aspect["@id"]: aspect["code"] for aspect in entity["aspects"]}
    verdicts = {row["aspect"]: row["verdict"] for row in assessment["aspectVerdicts"]}
    return {
        "verdict": assessment["verdict"],
        "failing": [{"aspect": codes[iri], "verdict": verdicts[iri]} for iri in assessment["failing"]]
        if "failing" in assessment
        else [],
        "confidence": two_places(assessment["confidence"]),
        "origins": assessment["independentOrigins"],
        "seen_evidence": assessment["seenEvidence"],
    }
