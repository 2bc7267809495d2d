"""The form of a new claim as it opens: what the source says of itself, and a part to judge, all to be changed."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.desk.chain import CHAIN, ORGANISATION, READ
from app.desk.forms.form import Form, form_of
from app.desk.forms.picking import chosen
from app.web.fields import written
from kb.desk.lookup import by_name
from kb.desk.tables import Appearance, ClaimTopic, Passage, Source

# Type of claim → code and label of the part that it usually stands or falls with.
ASPECTS = {
    "": ("whole_claim", "the whole claim"),
    "numerical": ("number", "the number"),
    "event_date": ("date", "the date"),
    "attribution_quote": ("attribution", "who said it"),
    "causal_interpretation": ("cause", "the cause"),
    "identity_role": ("identity", "who or what it is"),
}
LANGUAGE = "en"


def opened(session: Session, source: Source) -> Form:
    """Two voices, the speaker to be named; the text that is read is the publisher's."""
    topics = _topics_before(session, source.id)
    labels = chosen(session, [source.id, source.publisher_id, *topics])
    code, label = ASPECTS[""]
    return form_of(
        {
            "language": LANGUAGE,
            "texts.0.language": LANGUAGE,
            "aspects.0.code": code,
            "aspects.0.label": label,
            "aspects.0.main": "yes",
            f"{CHAIN}.0.key": "r0",
            f"{CHAIN}.0.who": ORGANISATION,
            f"{CHAIN}.0.role": "reported_speaker",
            f"{CHAIN}.0.attitude": "asserts",
            f"{CHAIN}.0.verb": "said" if source.language.startswith("en") else "",
            f"{CHAIN}.1.key": "r1",
            f"{CHAIN}.1.agent": labels[source.publisher_id] or _publisher(session, source),
            f"{CHAIN}.1.who": ORGANISATION,
            f"{CHAIN}.1.role": "publisher",
            f"{CHAIN}.1.attitude": "publishes",
            f"{CHAIN}.1.source": labels[source.id],
            f"{CHAIN}.1.stated_on": source.published,
            READ: "r1",
            **{f"topics.{row}": labels[one] for row, one in enumerate(topics)},
        }
    )


def with_proposed_aspect(form: Form) -> Form:
    """The part follows the type of the claim for as long as nobody wrote another; only where a form is shown again."""
    rows = form.rows("aspects")
    if len(rows) != 1 or not is_proposed(form, rows[0]):
        return form
    code, label = ASPECTS.get(form.value("claim_type"), ASPECTS[""])
    return form.with_values({f"aspects.{rows[0]}.code": code, f"aspects.{rows[0]}.label": label})


def is_proposed(form: Form, row: int) -> bool:
    """True where a part is still the one that the form came with."""
    return (form.value(f"aspects.{row}.code"), form.value(f"aspects.{row}.label")) in ASPECTS.values()


def _publisher(session: Session, source: Source) -> str:
    """The one agent of exactly the name that is printed, else the name."""
    printed = source.publisher_as_printed
    found = by_name(session, "agent", printed)
    return written(found[0]) if len(found) == 1 else printed


def _topics_before(session: Session, source_id: str) -> Sequence[str]:
    """Those of the claim that was logged last from the source: one text mostly keeps to its matter."""
    last = (
        select(Appearance.claim_id)
        .join(Passage, Passage.id == Appearance.passage_id)
        .where(Passage.source_id == source_id)
        .order_by(Appearance.id.desc())
        .limit(1)
    )
    topics = select(ClaimTopic.topic_id).where(ClaimTopic.claim_id == last.scalar_subquery())
    return session.scalars(topics.order_by(ClaimTopic.position)).all()
