"""What columns and lists of the desk are called where the history is told, and which of them nobody is told of."""

from collections.abc import Mapping

from kb.values import vocabulary
from kb.values.vocabulary import ClosedList

# Columns that hold words of a closed list.
LISTS: Mapping[str, ClosedList] = {
    "attitude": vocabulary.ATTITUDE,
    "certainty": vocabulary.CERTAINTY,
    "checkability": vocabulary.CHECKABILITY,
    "claim_type": vocabulary.CLAIM_TYPE,
    "commitment": vocabulary.COMMITMENT,
    "comparator": vocabulary.COMPARATOR,
    "holding": vocabulary.HOLDING,
    "living": vocabulary.LIVING,
    "measure_kind": vocabulary.MEASURE_KIND,
    "outcome": vocabulary.SEARCH_OUTCOME,
    "override_verdict": vocabulary.VERDICT,
    "stance": vocabulary.STANCE,
    "strength": vocabulary.STRENGTH,
    "verdict": vocabulary.VERDICT,
    "visibility": vocabulary.VISIBILITY,
    "work_class": vocabulary.SOURCE_CLASS,
}
# Keys of rows, and what follows from the rest.
UNTOLD = frozenset(
    [
        "appearance_id",
        "approved_at",
        "assessment_id",
        "byte_size",
        "characters",
        "claim_id",
        "content_digest",
        "disabled_at",
        "has_password",
        "has_second_factor",
        "created_at",
        "id",
        "link_id",
        "made_at",
        "mention_id",
        "number",
        "passage_id",
        "record_id",
        "reply_id",
        "revision",
        "sha256",
        "snapshot_id",
        "text_sha256",
    ]
)
# What a column is called; others by their own name, without underscores.
CALLED = {
    "as_printed": "words as printed",
    "broader_id": "broader topic",
    "copy_of_id": "copy of",
    "end_at": "end",
    "evidence_id": "stands in",
    "exact": "quote",
    "explained_id": "explains",
    "from_id": "derived from",
    "main": "main part",
    "raw": "as printed",
    "raw_language": "language of the words",
    "read_by_editor": "read here",
    "share_of_id": "share of",
    "start_at": "start",
    "state": "state of the quote",
    "would_settle_id": "would settle it",
}
# What a list is called; {} is what tells its items apart.
ITEMS = {
    "agent_name": "other name",
    "aspect_verdict": "verdict on {}",
    "boosters": "word that strengthens",
    "chain_link": "voice {}",
    "claim_text": "{}",
    "claim_topic": "topic",
    "explanation": "what it explains",
    "external_id": "id elsewhere",
    "hedges": "hedge",
    "mention_name": "other name",
    "other_place": "another place {}",
    "reply_evidence": "evidence that carries it",
    "segment": "segment {}",
    "source_author": "author",
    "source_derivation": "derived from",
    "source_origin": "rests on",
}
# What tells the items of a list apart, so that a changed one is told as changed.
KEYS = ("field", "language"), ("aspect_id",), ("code",), ("number",)
