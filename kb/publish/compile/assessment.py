"""The assessment: verdicts by the editor, and all that follows from them by rule."""

from dataclasses import dataclass

from kb.documents import addresses
from kb.publish.compile.known import Known
from kb.publish.compile.rows import ClaimRows
from kb.publish.compile.words import Node, said, whole
from kb.values import label, origins
from kb.values.grades import band
from kb.values.rollup import failing, roll_up

# schema.org wants a number with the best and the worst; only these three verdicts are degrees of one thing.
RATINGS = {"supported": 5, "partly_supported": 3, "contradicted": 1}


@dataclass(frozen=True)
class _Weighed:
    """A piece of evidence as the rule of counting reads it."""

    stance: str
    grade: str
    quote_state: str
    origin: str
    aspect: str


def assessment(
    rows: ClaimRows,
    page: str,
    aspects: dict[int, str],
    evidence: list[Node],
    question: dict[str, str] | None,
    known: Known,
    publisher: str | None,
) -> Node | None:
    """None where nobody has assessed the claim yet, or where a main aspect is not judged."""
    row = rows.assessment
    if row is None:
        return None
    judged = {verdict.aspect_id: verdict for verdict in rows.shared.verdicts.get(row.id, [])}
    main = [(aspect, judged[aspect.id].verdict) for aspect in rows.aspects if aspect.main and aspect.id in judged]
    if not main or len(main) != sum(aspect.main for aspect in rows.aspects):
        return None
    part, language = f"assessment-{row.number}", rows.record.language
    computed = roll_up([verdict for _, verdict in main])
    verdict = row.override_verdict or computed
    weighed = [
        _Weighed(one["stance"], one["sourceGrade"], one["quoteState"], one["origin"], one["aspect"]) for one in evidence
    ]
    return whole(
        {
            "@id": f"{page}#{part}",
            "@type": ["Assessment", "ClaimReview"],
            "url": page,
            "claimReviewed": question,
            "author": [publisher] if publisher else [],
            "verdict": verdict,
            "computedVerdict": computed,
            "overrideReason": said(row.override_reason, language),
            "reason": said(row.reason, language),
            "confidence": row.confidence,
            "band": band(row.confidence),
            "confidenceReason": said(row.confidence_reason, language),
            "wouldChange": said(row.would_change, language),
            "assessedOn": row.assessed_on,
            "method": addresses.version_iri(known.base, addresses.address_of("page", "method"), row.method_version),
            "aspectVerdicts": [
                whole(
                    {
                        "@id": f"{page}#{part}-aspect-{aspect.number}",
                        "@type": "AspectVerdict",
                        "aspect": aspects[aspect.id],
                        "verdict": judged[aspect.id].verdict,
                        "confidence": judged[aspect.id].confidence,
                        "band": band(judged[aspect.id].confidence),
                        "reason": said(judged[aspect.id].reason, language),
                    }
                )
                for aspect in rows.aspects
                if aspect.id in judged
            ],
            "failing": [aspects[aspect.id] for aspect, _ in failing(main)],
            "independentOrigins": origins.independent_origins(weighed),
            "seenEvidence": origins.seen_evidence(weighed),
            "rating": _rating(rows, f"{page}#{part}-rating", verdict, [(a.code, v) for a, v in main]),
        }
    )


def _rating(rows: ClaimRows, iri: str, verdict: str, main: list[tuple[str, str]]) -> Node:
    """The label in words, with the replies in it; a number only for verdicts that are degrees."""
    speakers = [(row.agent_id or row.name or f"unnamed {row.number}", row.short) for row in rows.replies]
    words = label.verdict_label(verdict, main, speakers)
    rating: Node = {"@id": iri, "@type": "Rating", "ratingLabel": {rows.record.language: words}}
    if verdict in RATINGS:
        rating |= {"ratingValue": RATINGS[verdict], "bestRating": 5, "worstRating": 1}
    return rating
