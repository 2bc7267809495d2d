"""Who is named in a claim, whom it concerns, and what they answer."""

from kb.desk.tables import Concerned, Mention, Reply
from kb.publish.compile.known import Known, Names
from kb.publish.compile.passage import target
from kb.publish.compile.rows import ClaimRows
from kb.publish.compile.words import Node, listed, said, whole


def mentions(rows: ClaimRows, page: str, known: Known, names: Names) -> list[Node]:
    return [_mention(rows, page, row, known, names) for row in rows.mentions]


def concerned(rows: ClaimRows, page: str, known: Known) -> list[Node]:
    return [_concerned(rows, page, row, known) for row in rows.concerned]


def replies(rows: ClaimRows, page: str, known: Known, names: Names) -> list[Node]:
    by_agent = {row.agent_id: f"{page}#concerned-{row.number}" for row in rows.concerned}
    evidence = {row.id: f"{page}#evidence-{row.number}" for row in rows.evidence}
    return [_reply(rows, page, row, by_agent, evidence, known, names) for row in rows.replies]


def _mention(rows: ClaimRows, page: str, row: Mention, known: Known, names: Names) -> Node:
    """An agent's own page says more of it; whoever has none is described here."""
    part, record, language = f"mention-{row.number}", known.agent(row.agent_id), rows.record.language
    described = {
        "otherNames": listed((name.text, name.language) for name in rows.shared.mention_names.get(row.id, [])),
        "visibility": row.visibility,
        "living": row.living,
        "asOf": row.living_as_of,
        "livingSource": known.source(row.living_source_id),
    }
    return whole(
        {
            "@id": f"{page}#{part}",
            "@type": "Mention",
            "name": said(row.name, language),
            "asPrinted": said(row.as_printed, row.as_printed_language),
            "genre": said(row.genre, language),
            "externalIds": names.of(rows.claim.id, part),
            **({"record": record} if record else described),
        }
    )


def _concerned(rows: ClaimRows, page: str, row: Concerned, known: Known) -> Node:
    return whole(
        {
            "@id": f"{page}#concerned-{row.number}",
            "@type": "Concerned",
            "name": said(row.name, rows.record.language),
            "record": known.agent(row.agent_id),
            "living": row.living,
            "asOf": row.living_as_of,
            "livingSource": known.source(row.living_source_id),
        }
    )


def _reply(
    rows: ClaimRows,
    page: str,
    row: Reply,
    by_agent: dict[str, str],
    evidence: dict[int, str],
    known: Known,
    names: Names,
) -> Node:
    part, language = f"reply-{row.number}", rows.record.language
    passage = rows.shared.passages[row.passage_id] if row.passage_id is not None else None
    return whole(
        {
            "@id": f"{page}#{part}",
            "@type": "Reply",
            "by": by_agent.get(row.agent_id or ""),
            "agent": known.agent(row.agent_id),
            "name": said(row.name, language),
            "unnamed": True if row.unnamed else None,
            "statement": said(row.statement, language),
            "short": said(row.short, language),
            "statedOn": row.stated_on,
            "saidIn": [evidence[one.evidence_id] for one in rows.shared.reply_evidence.get(row.id, [])],
            "quoteState": passage.state if passage else None,
            "target": target(page, part, passage, rows.shared.snapshots, known) if passage else None,
            "origin": known.origin(row.origin_id),
            "translation": said(row.translation, row.translation_language),
            "externalIds": names.of(rows.claim.id, part),
        }
    )
