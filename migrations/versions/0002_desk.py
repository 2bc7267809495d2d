"""The desk: records of every kind, their parts, approvals and the history of changes.

Revision ID: 0002
Revises: 0001
"""

# ruff: noqa: E501 (lists of words stand in one line, as the database has them)

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of the desk."""
    op.create_table(
        "history",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("happened_at", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(length=9), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
    )
    op.create_index(op.f("ix_history_record_id"), "history", ["record_id"], unique=False)
    op.create_table(
        "record",
        sa.Column("id", sa.String(length=9), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('claim', 'source', 'agent', 'origin', 'topic', 'page', 'foundation')",
            name=op.f("ck_record_kind_listed"),
        ),
        sa.CheckConstraint("revision > 0", name=op.f("ck_record_revision_counts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record")),
    )
    op.create_table(
        "agent",
        sa.Column("id", sa.String(length=9), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("genre", sa.String(), nullable=True),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("living", sa.String(), nullable=True),
        sa.Column("living_as_of", sa.String(), nullable=True),
        sa.Column("living_source_id", sa.String(length=9), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('person', 'organisation', 'office', 'account', 'unnamed')", name=op.f("ck_agent_kind_listed")
        ),
        sa.CheckConstraint("living IN ('presumed_living', 'reported_dead')", name=op.f("ck_agent_living_listed")),
        sa.CheckConstraint("visibility IN ('public', 'role', 'private')", name=op.f("ck_agent_visibility_listed")),
        sa.CheckConstraint("(living IS NULL) = (living_as_of IS NULL)", name=op.f("ck_agent_living_with_living_as_of")),
        sa.ForeignKeyConstraint(["id"], ["record.id"], name=op.f("fk_agent_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["living_source_id"], ["record.id"], name=op.f("fk_agent_living_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent")),
    )
    op.create_table(
        "approval",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("record_id", sa.String(length=9), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("approved_at", sa.String(), nullable=False),
        sa.Column("comment", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_approval_record_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
        sa.UniqueConstraint(
            "record_id", "content_digest", "actor", name=op.f("uq_approval_record_id_content_digest_actor")
        ),
    )
    op.create_index(op.f("ix_approval_record_id"), "approval", ["record_id"], unique=False)
    op.create_table(
        "claim",
        sa.Column("id", sa.String(length=9), nullable=False),
        sa.Column("claim_type", sa.String(), nullable=False),
        sa.Column("commitment", sa.String(), nullable=False),
        sa.Column("checkability", sa.String(), nullable=False),
        sa.Column("checkability_reason", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("no_reply_found_on", sa.String(), nullable=True),
        sa.CheckConstraint(
            "checkability IN ('checkable', 'partly', 'not_checkable')", name=op.f("ck_claim_checkability_listed")
        ),
        sa.CheckConstraint(
            "claim_type IN ('numerical', 'event_date', 'attribution_quote', 'causal_interpretation', 'identity_role')",
            name=op.f("ck_claim_claim_type_listed"),
        ),
        sa.CheckConstraint(
            "commitment IN ('asserted', 'hedged', 'alleged', 'predicted', 'quoted', 'reported', 'opinion')",
            name=op.f("ck_claim_commitment_listed"),
        ),
        sa.ForeignKeyConstraint(["id"], ["record.id"], name=op.f("fk_claim_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
    )
    op.create_table(
        "external_id",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("record_id", sa.String(length=9), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["record.id"], name=op.f("fk_external_id_record_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_external_id")),
        sa.UniqueConstraint(
            "record_id",
            "part",
            "scheme",
            "scope",
            "value",
            name=op.f("uq_external_id_record_id_part_scheme_scope_value"),
        ),
    )
    op.create_index(op.f("ix_external_id_record_id"), "external_id", ["record_id"], unique=False)
    op.create_index(op.f("ix_external_id_value"), "external_id", ["value"], unique=False)
    op.create_table(
        "identifier",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("record_id", sa.String(length=9), nullable=False),
        sa.Column("scheme", sa.String(length=16), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.CheckConstraint(
            "scheme IN ('wikidata', 'orcid', 'ror', 'isni', 'doi', 'issn', 'isbn', 'archive')",
            name=op.f("ck_identifier_scheme_listed"),
        ),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_identifier_record_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identifier")),
        sa.UniqueConstraint("record_id", "scheme", "value", name=op.f("uq_identifier_record_id_scheme_value")),
    )
    op.create_index(op.f("ix_identifier_record_id"), "identifier", ["record_id"], unique=False)
    op.create_table(
        "page",
        sa.Column("id", sa.String(length=9), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["record.id"], name=op.f("fk_page_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page")),
        sa.UniqueConstraint("slug", name=op.f("uq_page_slug")),
    )
    op.create_table(
        "part_counter",
        sa.Column("record_id", sa.String(length=9), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.CheckConstraint("last > 0", name=op.f("ck_part_counter_last_counts")),
        sa.ForeignKeyConstraint(
            ["record_id"], ["record.id"], name=op.f("fk_part_counter_record_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("record_id", "kind", name=op.f("pk_part_counter")),
    )
    op.create_table(
        "topic",
        sa.Column("id", sa.String(length=9), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("measure_kind", sa.String(), nullable=True),
        sa.Column("broader_id", sa.String(length=9), nullable=True),
        sa.CheckConstraint("measure_kind IN ('event', 'flow', 'stock')", name=op.f("ck_topic_measure_kind_listed")),
        sa.CheckConstraint("broader_id <> id", name=op.f("ck_topic_not_broader_than_itself")),
        sa.ForeignKeyConstraint(["broader_id"], ["topic.id"], name=op.f("fk_topic_broader_id")),
        sa.ForeignKeyConstraint(["id"], ["record.id"], name=op.f("fk_topic_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
        sa.UniqueConstraint("slug", name=op.f("uq_topic_slug")),
    )
    op.create_table(
        "agent_name",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("agent_id", sa.String(length=9), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_agent_name_agent_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent_name")),
        sa.UniqueConstraint("agent_id", "text", name=op.f("uq_agent_name_agent_id_text")),
    )
    op.create_index(op.f("ix_agent_name_agent_id"), "agent_name", ["agent_id"], unique=False)
    op.create_table(
        "aspect",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("claim_id", sa.String(length=9), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_aspect_claim_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aspect")),
        sa.UniqueConstraint("claim_id", "code", name=op.f("uq_aspect_claim_id_code")),
        sa.UniqueConstraint("claim_id", "number", name=op.f("uq_aspect_claim_id_number")),
    )
    op.create_index(op.f("ix_aspect_claim_id"), "aspect", ["claim_id"], unique=False)
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("claim_id", sa.String(length=9), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("override_verdict", sa.String(), nullable=True),
        sa.Column("override_reason", sa.String(), nullable=True),
        sa.Column("confidence", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("confidence_reason", sa.String(), nullable=True),
        sa.Column("would_change", sa.String(), nullable=True),
        sa.Column("assessed_on", sa.String(), nullable=False),
        sa.Column("method_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "override_verdict IN ('supported', 'partly_supported', 'contradicted', 'disputed', 'unverified', 'not_checkable')",
            name=op.f("ck_assessment_override_verdict_listed"),
        ),
        sa.CheckConstraint(
            "(override_verdict IS NULL) = (override_reason IS NULL)",
            name=op.f("ck_assessment_override_verdict_with_override_reason"),
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_assessment_claim_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("claim_id", name=op.f("uq_assessment_claim_id")),
    )
    op.create_index(op.f("ix_assessment_claim_id"), "assessment", ["claim_id"], unique=False)
    op.create_table(
        "claim_text",
        sa.Column("claim_id", sa.String(length=9), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.CheckConstraint("field IN ('statement', 'question', 'title')", name=op.f("ck_claim_text_field_listed")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_claim_text_claim_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim_id", "field", "language", name=op.f("pk_claim_text")),
    )
    op.create_table(
        "claim_topic",
        sa.Column("claim_id", sa.String(length=9), nullable=False),
        sa.Column("topic_id", sa.String(length=9), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_claim_topic_claim_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_claim_topic_topic_id")),
        sa.PrimaryKeyConstraint("claim_id", "topic_id", name=op.f("pk_claim_topic")),
    )
    op.create_table(
        "claim_word",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("claim_id", sa.String(length=9), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('hedge', 'booster')", name=op.f("ck_claim_word_kind_listed")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_claim_word_claim_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_word")),
        sa.UniqueConstraint("claim_id", "kind", "text", name=op.f("uq_claim_word_claim_id_kind_text")),
    )
    op.create_index(op.f("ix_claim_word_claim_id"), "claim_word", ["claim_id"], unique=False)
    op.create_table(
        "relation",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("claim_id", sa.String(length=9), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("target_id", sa.String(length=9), nullable=False),
        sa.CheckConstraint(
            "type IN ('depends_on', 'supports', 'narrower_than', 'part_of', 'before', 'elaborates', 'presupposes', 'about', 'repeats', 'supersedes', 'same_event', 'same_object', 'same_sentence', 'same_figure', 'contradicts', 'related_to')",
            name=op.f("ck_relation_type_listed"),
        ),
        sa.CheckConstraint("claim_id <> target_id", name=op.f("ck_relation_not_to_itself")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_relation_claim_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["target_id"], ["claim.id"], name=op.f("fk_relation_target_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relation")),
        sa.UniqueConstraint("claim_id", "type", "target_id", name=op.f("uq_relation_claim_id_type_target_id")),
    )
    op.create_index(op.f("ix_relation_claim_id"), "relation", ["claim_id"], unique=False)
    op.create_index(op.f("ix_relation_target_id"), "relation", ["target_id"], unique=False)
    op.create_table(
        "source",
        sa.Column("id", sa.String(length=9), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("title_language", sa.String(), nullable=True),
        sa.Column("title_from_address", sa.Boolean(), nullable=False),
        sa.Column("publisher_as_printed", sa.String(), nullable=False),
        sa.Column("author_as_printed", sa.String(), nullable=True),
        sa.Column("publisher_id", sa.String(length=9), nullable=True),
        sa.Column("published", sa.String(), nullable=False),
        sa.Column("date_note", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("work_class", sa.String(), nullable=False),
        sa.Column("genre", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("licence", sa.String(), nullable=True),
        sa.Column("seen", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("status_date", sa.String(), nullable=True),
        sa.Column("copy_of_id", sa.String(length=9), nullable=True),
        sa.Column("copy_of_as_printed", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "status IN ('available', 'corrected', 'retracted', 'gone')", name=op.f("ck_source_status_listed")
        ),
        sa.CheckConstraint(
            "work_class IN ('Article', 'NewsArticle', 'BlogPosting', 'Report', 'Legislation', 'WebPage', 'SocialMediaPosting', 'Dataset', 'Book')",
            name=op.f("ck_source_work_class_listed"),
        ),
        sa.CheckConstraint("copy_of_id <> id", name=op.f("ck_source_no_copy_of_itself")),
        sa.ForeignKeyConstraint(["copy_of_id"], ["source.id"], name=op.f("fk_source_copy_of_id")),
        sa.ForeignKeyConstraint(["id"], ["record.id"], name=op.f("fk_source_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["publisher_id"], ["agent.id"], name=op.f("fk_source_publisher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
    )
    op.create_index(op.f("ix_source_url"), "source", ["url"], unique=False)
    op.create_table(
        "aspect_verdict",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("aspect_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("confidence", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "verdict IN ('supported', 'partly_supported', 'contradicted', 'disputed', 'unverified', 'not_checkable')",
            name=op.f("ck_aspect_verdict_verdict_listed"),
        ),
        sa.ForeignKeyConstraint(
            ["aspect_id"], ["aspect.id"], name=op.f("fk_aspect_verdict_aspect_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_aspect_verdict_assessment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aspect_verdict")),
        sa.UniqueConstraint("aspect_id", name=op.f("uq_aspect_verdict_aspect_id")),
    )
    op.create_index(op.f("ix_aspect_verdict_aspect_id"), "aspect_verdict", ["aspect_id"], unique=False)
    op.create_index(op.f("ix_aspect_verdict_assessment_id"), "aspect_verdict", ["assessment_id"], unique=False)
    op.create_table(
        "concerned",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("claim_id", sa.String(length=9), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.String(length=9), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("living", sa.String(), nullable=True),
        sa.Column("living_as_of", sa.String(), nullable=True),
        sa.Column("living_source_id", sa.String(length=9), nullable=True),
        sa.CheckConstraint("living IN ('presumed_living', 'reported_dead')", name=op.f("ck_concerned_living_listed")),
        sa.CheckConstraint(
            "(living IS NULL) = (living_as_of IS NULL)", name=op.f("ck_concerned_living_with_living_as_of")
        ),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_concerned_agent_id")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_concerned_claim_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["living_source_id"], ["source.id"], name=op.f("fk_concerned_living_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concerned")),
        sa.UniqueConstraint("claim_id", "agent_id", name=op.f("uq_concerned_claim_id_agent_id")),
        sa.UniqueConstraint("claim_id", "number", name=op.f("uq_concerned_claim_id_number")),
    )
    op.create_index(op.f("ix_concerned_agent_id"), "concerned", ["agent_id"], unique=False)
    op.create_index(op.f("ix_concerned_claim_id"), "concerned", ["claim_id"], unique=False)
    op.create_table(
        "mention",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("claim_id", sa.String(length=9), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.String(length=9), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("as_printed", sa.String(), nullable=True),
        sa.Column("as_printed_language", sa.String(), nullable=True),
        sa.Column("genre", sa.String(), nullable=True),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("living", sa.String(), nullable=True),
        sa.Column("living_as_of", sa.String(), nullable=True),
        sa.Column("living_source_id", sa.String(length=9), nullable=True),
        sa.CheckConstraint("living IN ('presumed_living', 'reported_dead')", name=op.f("ck_mention_living_listed")),
        sa.CheckConstraint("visibility IN ('public', 'role', 'private')", name=op.f("ck_mention_visibility_listed")),
        sa.CheckConstraint(
            "(living IS NULL) = (living_as_of IS NULL)", name=op.f("ck_mention_living_with_living_as_of")
        ),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_mention_agent_id")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_mention_claim_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["living_source_id"], ["source.id"], name=op.f("fk_mention_living_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mention")),
        sa.UniqueConstraint("claim_id", "number", name=op.f("uq_mention_claim_id_number")),
    )
    op.create_index(op.f("ix_mention_agent_id"), "mention", ["agent_id"], unique=False)
    op.create_index(op.f("ix_mention_claim_id"), "mention", ["claim_id"], unique=False)
    op.create_table(
        "origin",
        sa.Column("id", sa.String(length=9), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("genre", sa.String(), nullable=False),
        sa.Column("seen", sa.Boolean(), nullable=False),
        sa.Column("first_hand_source_id", sa.String(length=9), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["first_hand_source_id"], ["source.id"], name=op.f("fk_origin_first_hand_source_id")),
        sa.ForeignKeyConstraint(["id"], ["record.id"], name=op.f("fk_origin_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_origin")),
    )
    op.create_table(
        "snapshot",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("source_id", sa.String(length=9), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("holding", sa.String(), nullable=False),
        sa.Column("open_to_readers", sa.Boolean(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("byte_size", sa.Integer(), nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("retrieved_from", sa.String(), nullable=True),
        sa.Column("retrieved_on", sa.String(), nullable=False),
        sa.Column("retrieved_with", sa.String(), nullable=True),
        sa.CheckConstraint("holding IN ('held', 'withheld')", name=op.f("ck_snapshot_holding_listed")),
        sa.CheckConstraint("byte_size >= 0", name=op.f("ck_snapshot_size_counts")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_snapshot_source_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot")),
        sa.UniqueConstraint("source_id", "number", name=op.f("uq_snapshot_source_id_number")),
        sa.UniqueConstraint("source_id", "sha256", name=op.f("uq_snapshot_source_id_sha256")),
    )
    op.create_index(op.f("ix_snapshot_source_id"), "snapshot", ["source_id"], unique=False)
    op.create_table(
        "source_author",
        sa.Column("source_id", sa.String(length=9), nullable=False),
        sa.Column("agent_id", sa.String(length=9), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_source_author_agent_id")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_source_author_source_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("source_id", "agent_id", name=op.f("pk_source_author")),
    )
    op.create_table(
        "source_derivation",
        sa.Column("source_id", sa.String(length=9), nullable=False),
        sa.Column("from_id", sa.String(length=9), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("source_id <> from_id", name=op.f("ck_source_derivation_not_from_itself")),
        sa.ForeignKeyConstraint(["from_id"], ["source.id"], name=op.f("fk_source_derivation_from_id")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_source_derivation_source_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("source_id", "from_id", name=op.f("pk_source_derivation")),
    )
    op.create_table(
        "mention_name",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("mention_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mention_id"], ["mention.id"], name=op.f("fk_mention_name_mention_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mention_name")),
        sa.UniqueConstraint("mention_id", "text", name=op.f("uq_mention_name_mention_id_text")),
    )
    op.create_index(op.f("ix_mention_name_mention_id"), "mention_name", ["mention_id"], unique=False)
    op.create_table(
        "open_question",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("claim_id", sa.String(length=9), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("would_settle_id", sa.String(length=9), nullable=True),
        sa.Column("aspect_id", sa.Integer(), nullable=True),
        sa.Column("origin_id", sa.String(length=9), nullable=True),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("grade_reason", sa.String(), nullable=True),
        sa.CheckConstraint("grade IN ('A', 'B', 'C', 'D', 'X')", name=op.f("ck_open_question_grade_listed")),
        sa.CheckConstraint(
            "(grade IS NULL) = (grade_reason IS NULL)", name=op.f("ck_open_question_grade_with_grade_reason")
        ),
        sa.CheckConstraint(
            "(would_settle_id IS NULL) = (grade IS NULL)", name=op.f("ck_open_question_would_settle_id_with_grade")
        ),
        sa.ForeignKeyConstraint(["aspect_id"], ["aspect.id"], name=op.f("fk_open_question_aspect_id")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_open_question_claim_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["origin_id"], ["origin.id"], name=op.f("fk_open_question_origin_id")),
        sa.ForeignKeyConstraint(["would_settle_id"], ["source.id"], name=op.f("fk_open_question_would_settle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_question")),
        sa.UniqueConstraint("claim_id", "number", name=op.f("uq_open_question_claim_id_number")),
    )
    op.create_index(op.f("ix_open_question_claim_id"), "open_question", ["claim_id"], unique=False)
    op.create_table(
        "passage",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("source_id", sa.String(length=9), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("exact", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("prefix", sa.String(), nullable=True),
        sa.Column("suffix", sa.String(), nullable=True),
        sa.Column("start_at", sa.Integer(), nullable=True),
        sa.Column("end_at", sa.Integer(), nullable=True),
        sa.Column("occurrence", sa.Integer(), nullable=True),
        sa.Column("occurrences", sa.Integer(), nullable=True),
        sa.Column("segment", sa.String(), nullable=True),
        sa.Column("text_sha256", sa.String(length=64), nullable=True),
        sa.CheckConstraint("(state = 'unseen') = (exact IS NULL)", name=op.f("ck_passage_unseen_has_no_words")),
        sa.CheckConstraint(
            "state <> 'verified' OR (snapshot_id IS NOT NULL AND start_at IS NOT NULL AND text_sha256 IS NOT NULL)",
            name=op.f("ck_passage_verified_in_a_text"),
        ),
        sa.CheckConstraint("state IN ('verified', 'recorded', 'unseen')", name=op.f("ck_passage_state_listed")),
        sa.CheckConstraint("(exact IS NULL) = (language IS NULL)", name=op.f("ck_passage_exact_with_language")),
        sa.CheckConstraint(
            "(occurrence IS NULL) = (occurrences IS NULL)", name=op.f("ck_passage_occurrence_with_occurrences")
        ),
        sa.CheckConstraint("(start_at IS NULL) = (end_at IS NULL)", name=op.f("ck_passage_start_at_with_end_at")),
        sa.CheckConstraint("0 < occurrence AND occurrence <= occurrences", name=op.f("ck_passage_occurrence_counts")),
        sa.CheckConstraint("0 <= start_at AND start_at < end_at", name=op.f("ck_passage_in_order")),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshot.id"], name=op.f("fk_passage_snapshot_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_passage_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage")),
    )
    op.create_index(op.f("ix_passage_source_id"), "passage", ["source_id"], unique=False)
    op.create_table(
        "segment",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("source_id", sa.String(length=9), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("start_at", sa.Integer(), nullable=False),
        sa.Column("end_at", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("claims_taken", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "role IN ('masthead', 'title', 'byline', 'caption', 'heading', 'body', 'foreign_matter')",
            name=op.f("ck_segment_role_listed"),
        ),
        sa.CheckConstraint("0 <= start_at AND start_at < end_at", name=op.f("ck_segment_in_order")),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshot.id"], name=op.f("fk_segment_snapshot_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_segment_source_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segment")),
        sa.UniqueConstraint("snapshot_id", "code", name=op.f("uq_segment_snapshot_id_code")),
        sa.UniqueConstraint("source_id", "number", name=op.f("uq_segment_source_id_number")),
    )
    op.create_index(op.f("ix_segment_snapshot_id"), "segment", ["snapshot_id"], unique=False)
    op.create_index(op.f("ix_segment_source_id"), "segment", ["source_id"], unique=False)
    op.create_table(
        "source_origin",
        sa.Column("source_id", sa.String(length=9), nullable=False),
        sa.Column("origin_id", sa.String(length=9), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["origin_id"], ["origin.id"], name=op.f("fk_source_origin_origin_id")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_source_origin_source_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("source_id", "origin_id", name=op.f("pk_source_origin")),
    )
    op.create_table(
        "appearance",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("claim_id", sa.String(length=9), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("passage_id", sa.Integer(), nullable=False),
        sa.Column("certainty", sa.String(), nullable=False),
        sa.Column("certainty_reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "certainty IN ('certain', 'likely', 'uncertain', 'ambiguous')", name=op.f("ck_appearance_certainty_listed")
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_appearance_claim_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["passage_id"], ["passage.id"], name=op.f("fk_appearance_passage_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appearance")),
        sa.UniqueConstraint("claim_id", "number", name=op.f("uq_appearance_claim_id_number")),
    )
    op.create_index(op.f("ix_appearance_claim_id"), "appearance", ["claim_id"], unique=False)
    op.create_index(op.f("ix_appearance_passage_id"), "appearance", ["passage_id"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("claim_id", sa.String(length=9), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("aspect_id", sa.Integer(), nullable=False),
        sa.Column("passage_id", sa.Integer(), nullable=False),
        sa.Column("origin_id", sa.String(length=9), nullable=False),
        sa.Column("stance", sa.String(), nullable=False),
        sa.Column("translation", sa.String(), nullable=True),
        sa.Column("translation_language", sa.String(), nullable=True),
        sa.Column("strength", sa.String(), nullable=True),
        sa.Column("strength_reason", sa.String(), nullable=True),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("grade_reason", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint("grade IN ('A', 'B', 'C', 'D', 'X')", name=op.f("ck_evidence_grade_listed")),
        sa.CheckConstraint(
            "stance IN ('supports', 'contradicts', 'qualifies', 'mentions', 'same_origin')",
            name=op.f("ck_evidence_stance_listed"),
        ),
        sa.CheckConstraint("strength IN ('weak', 'moderate', 'strong')", name=op.f("ck_evidence_strength_listed")),
        sa.CheckConstraint(
            "(strength IS NULL) = (strength_reason IS NULL)", name=op.f("ck_evidence_strength_with_strength_reason")
        ),
        sa.CheckConstraint(
            "(translation IS NULL) = (translation_language IS NULL)",
            name=op.f("ck_evidence_translation_with_translation_language"),
        ),
        sa.ForeignKeyConstraint(["aspect_id"], ["aspect.id"], name=op.f("fk_evidence_aspect_id")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_evidence_claim_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["origin_id"], ["origin.id"], name=op.f("fk_evidence_origin_id")),
        sa.ForeignKeyConstraint(["passage_id"], ["passage.id"], name=op.f("fk_evidence_passage_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("claim_id", "number", name=op.f("uq_evidence_claim_id_number")),
    )
    op.create_index(op.f("ix_evidence_aspect_id"), "evidence", ["aspect_id"], unique=False)
    op.create_index(op.f("ix_evidence_claim_id"), "evidence", ["claim_id"], unique=False)
    op.create_index(op.f("ix_evidence_origin_id"), "evidence", ["origin_id"], unique=False)
    op.create_index(op.f("ix_evidence_passage_id"), "evidence", ["passage_id"], unique=False)
    op.create_table(
        "left_out_sentence",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("source_id", sa.String(length=9), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("passage_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["passage_id"], ["passage.id"], name=op.f("fk_left_out_sentence_passage_id")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_left_out_sentence_source_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_left_out_sentence")),
        sa.UniqueConstraint("source_id", "number", name=op.f("uq_left_out_sentence_source_id_number")),
    )
    op.create_index(op.f("ix_left_out_sentence_source_id"), "left_out_sentence", ["source_id"], unique=False)
    op.create_table(
        "reply",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("claim_id", sa.String(length=9), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.String(length=9), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("unnamed", sa.Boolean(), nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("short", sa.String(), nullable=False),
        sa.Column("stated_on", sa.String(), nullable=True),
        sa.Column("passage_id", sa.Integer(), nullable=True),
        sa.Column("origin_id", sa.String(length=9), nullable=True),
        sa.Column("translation", sa.String(), nullable=True),
        sa.Column("translation_language", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(translation IS NULL) = (translation_language IS NULL)",
            name=op.f("ck_reply_translation_with_translation_language"),
        ),
        sa.CheckConstraint("unnamed = (agent_id IS NULL AND name IS NULL)", name=op.f("ck_reply_who_or_unnamed")),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_reply_agent_id")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_reply_claim_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["origin_id"], ["origin.id"], name=op.f("fk_reply_origin_id")),
        sa.ForeignKeyConstraint(["passage_id"], ["passage.id"], name=op.f("fk_reply_passage_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
        sa.UniqueConstraint("claim_id", "number", name=op.f("uq_reply_claim_id_number")),
    )
    op.create_index(op.f("ix_reply_agent_id"), "reply", ["agent_id"], unique=False)
    op.create_index(op.f("ix_reply_claim_id"), "reply", ["claim_id"], unique=False)
    op.create_table(
        "search",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("claim_id", sa.String(length=9), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("searched_in", sa.String(), nullable=True),
        sa.Column("searched_on", sa.String(), nullable=True),
        sa.Column("aspect_id", sa.Integer(), nullable=True),
        sa.Column("passage_id", sa.Integer(), nullable=True),
        sa.Column("origin_id", sa.String(length=9), nullable=True),
        sa.Column("translation", sa.String(), nullable=True),
        sa.Column("translation_language", sa.String(), nullable=True),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("grade_reason", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(outcome = 'nothing_found') = (passage_id IS NULL)", name=op.f("ck_search_found_names_its_passage")
        ),
        sa.CheckConstraint("grade IN ('A', 'B', 'C', 'D', 'X')", name=op.f("ck_search_grade_listed")),
        sa.CheckConstraint(
            "outcome <> 'nothing_found' OR (searched_in IS NOT NULL AND searched_on IS NOT NULL)",
            name=op.f("ck_search_nothing_found_where_and_when"),
        ),
        sa.CheckConstraint(
            "outcome IN ('nothing_found', 'not_relevant', 'not_evidence')", name=op.f("ck_search_outcome_listed")
        ),
        sa.CheckConstraint("(grade IS NULL) = (grade_reason IS NULL)", name=op.f("ck_search_grade_with_grade_reason")),
        sa.ForeignKeyConstraint(["aspect_id"], ["aspect.id"], name=op.f("fk_search_aspect_id")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_search_claim_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["origin_id"], ["origin.id"], name=op.f("fk_search_origin_id")),
        sa.ForeignKeyConstraint(["passage_id"], ["passage.id"], name=op.f("fk_search_passage_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search")),
        sa.UniqueConstraint("claim_id", "number", name=op.f("uq_search_claim_id_number")),
    )
    op.create_index(op.f("ix_search_claim_id"), "search", ["claim_id"], unique=False)
    op.create_table(
        "chain_link",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("appearance_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.String(length=9), nullable=True),
        sa.Column("unnamed", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("verb", sa.String(), nullable=True),
        sa.Column("verb_language", sa.String(), nullable=True),
        sa.Column("factive", sa.Boolean(), nullable=False),
        sa.Column("attitude", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(length=9), nullable=True),
        sa.Column("stated_on", sa.String(), nullable=True),
        sa.Column("read_by_editor", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "attitude IN ('publishes', 'asserts', 'endorses', 'reports', 'quotes', 'alleges', 'raises_allegation', 'concludes', 'values')",
            name=op.f("ck_chain_link_attitude_listed"),
        ),
        sa.CheckConstraint(
            "role IN ('publisher', 'author', 'reported_speaker', 'reported_document', 'carrier', 'unnamed_source')",
            name=op.f("ck_chain_link_role_listed"),
        ),
        sa.CheckConstraint("NOT unnamed OR agent_id IS NULL", name=op.f("ck_chain_link_unnamed_has_no_agent")),
        sa.CheckConstraint("position > 0", name=op.f("ck_chain_link_position_counts")),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_chain_link_agent_id")),
        sa.ForeignKeyConstraint(
            ["appearance_id"], ["appearance.id"], name=op.f("fk_chain_link_appearance_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_chain_link_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chain_link")),
        sa.UniqueConstraint("appearance_id", "number", name=op.f("uq_chain_link_appearance_id_number")),
    )
    op.create_index(op.f("ix_chain_link_agent_id"), "chain_link", ["agent_id"], unique=False)
    op.create_index(op.f("ix_chain_link_appearance_id"), "chain_link", ["appearance_id"], unique=False)
    op.create_table(
        "explanation",
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("explained_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("evidence_id <> explained_id", name=op.f("ck_explanation_not_itself")),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_explanation_evidence_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["explained_id"], ["evidence.id"], name=op.f("fk_explanation_explained_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("evidence_id", "explained_id", name=op.f("pk_explanation")),
    )
    op.create_table(
        "figure",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("claim_id", sa.String(length=9), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("aspect_id", sa.Integer(), nullable=True),
        sa.Column("raw", sa.String(), nullable=False),
        sa.Column("raw_language", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("low", sa.String(), nullable=True),
        sa.Column("low_inclusive", sa.Boolean(), nullable=True),
        sa.Column("high", sa.String(), nullable=True),
        sa.Column("high_inclusive", sa.Boolean(), nullable=True),
        sa.Column("comparator", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("counted", sa.String(), nullable=True),
        sa.Column("measure_id", sa.String(length=9), nullable=True),
        sa.Column("scope", sa.String(), nullable=True),
        sa.Column("rounding_step", sa.String(), nullable=True),
        sa.Column("period", sa.String(), nullable=True),
        sa.Column("period_note", sa.String(), nullable=True),
        sa.Column("counted_by", sa.String(), nullable=True),
        sa.Column("counted_by_agent_id", sa.String(length=9), nullable=True),
        sa.Column("share_of_id", sa.Integer(), nullable=True),
        sa.Column("start_at", sa.Integer(), nullable=True),
        sa.Column("end_at", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "comparator IN ('exact', 'over', 'at_least', 'under', 'at_most', 'about', 'between', 'almost_all', 'many', 'much')",
            name=op.f("ck_figure_comparator_listed"),
        ),
        sa.CheckConstraint(
            "(high IS NULL) = (high_inclusive IS NULL)", name=op.f("ck_figure_high_with_high_inclusive")
        ),
        sa.CheckConstraint("(low IS NULL) = (low_inclusive IS NULL)", name=op.f("ck_figure_low_with_low_inclusive")),
        sa.CheckConstraint("(start_at IS NULL) = (end_at IS NULL)", name=op.f("ck_figure_start_at_with_end_at")),
        sa.CheckConstraint("0 <= start_at AND start_at < end_at", name=op.f("ck_figure_in_order")),
        sa.ForeignKeyConstraint(["aspect_id"], ["aspect.id"], name=op.f("fk_figure_aspect_id")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_figure_claim_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["counted_by_agent_id"], ["agent.id"], name=op.f("fk_figure_counted_by_agent_id")),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_figure_evidence_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["measure_id"], ["topic.id"], name=op.f("fk_figure_measure_id")),
        sa.ForeignKeyConstraint(["share_of_id"], ["figure.id"], name=op.f("fk_figure_share_of_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure")),
        sa.UniqueConstraint("claim_id", "number", name=op.f("uq_figure_claim_id_number")),
    )
    op.create_index(op.f("ix_figure_claim_id"), "figure", ["claim_id"], unique=False)
    op.create_index(op.f("ix_figure_evidence_id"), "figure", ["evidence_id"], unique=False)
    op.create_table(
        "other_place",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("appearance_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("passage_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appearance_id"], ["appearance.id"], name=op.f("fk_other_place_appearance_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["passage_id"], ["passage.id"], name=op.f("fk_other_place_passage_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_other_place")),
        sa.UniqueConstraint("appearance_id", "number", name=op.f("uq_other_place_appearance_id_number")),
    )
    op.create_index(op.f("ix_other_place_appearance_id"), "other_place", ["appearance_id"], unique=False)
    op.create_index(op.f("ix_other_place_passage_id"), "other_place", ["passage_id"], unique=False)
    op.create_table(
        "reply_evidence",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_reply_evidence_evidence_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["reply.id"], name=op.f("fk_reply_evidence_reply_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_evidence")),
    )
    op.create_index(op.f("ix_reply_evidence_evidence_id"), "reply_evidence", ["evidence_id"], unique=False)
    op.create_index(op.f("ix_reply_evidence_reply_id"), "reply_evidence", ["reply_id"], unique=False)
    op.create_table(
        "link_hedge",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["chain_link.id"], name=op.f("fk_link_hedge_link_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_hedge")),
        sa.UniqueConstraint("link_id", "text", name=op.f("uq_link_hedge_link_id_text")),
    )
    op.create_index(op.f("ix_link_hedge_link_id"), "link_hedge", ["link_id"], unique=False)


def downgrade() -> None:
    """Take the tables of the desk away."""
    op.drop_index(op.f("ix_link_hedge_link_id"), table_name="link_hedge")
    op.drop_table("link_hedge")
    op.drop_index(op.f("ix_reply_evidence_reply_id"), table_name="reply_evidence")
    op.drop_index(op.f("ix_reply_evidence_evidence_id"), table_name="reply_evidence")
    op.drop_table("reply_evidence")
    op.drop_index(op.f("ix_other_place_passage_id"), table_name="other_place")
    op.drop_index(op.f("ix_other_place_appearance_id"), table_name="other_place")
    op.drop_table("other_place")
    op.drop_index(op.f("ix_figure_evidence_id"), table_name="figure")
    op.drop_index(op.f("ix_figure_claim_id"), table_name="figure")
    op.drop_table("figure")
    op.drop_table("explanation")
    op.drop_index(op.f("ix_chain_link_appearance_id"), table_name="chain_link")
    op.drop_index(op.f("ix_chain_link_agent_id"), table_name="chain_link")
    op.drop_table("chain_link")
    op.drop_index(op.f("ix_search_claim_id"), table_name="search")
    op.drop_table("search")
    op.drop_index(op.f("ix_reply_claim_id"), table_name="reply")
    op.drop_index(op.f("ix_reply_agent_id"), table_name="reply")
    op.drop_table("reply")
    op.drop_index(op.f("ix_left_out_sentence_source_id"), table_name="left_out_sentence")
    op.drop_table("left_out_sentence")
    op.drop_index(op.f("ix_evidence_passage_id"), table_name="evidence")
    op.drop_index(op.f("ix_evidence_origin_id"), table_name="evidence")
    op.drop_index(op.f("ix_evidence_claim_id"), table_name="evidence")
    op.drop_index(op.f("ix_evidence_aspect_id"), table_name="evidence")
    op.drop_table("evidence")
    op.drop_index(op.f("ix_appearance_passage_id"), table_name="appearance")
    op.drop_index(op.f("ix_appearance_claim_id"), table_name="appearance")
    op.drop_table("appearance")
    op.drop_table("source_origin")
    op.drop_index(op.f("ix_segment_source_id"), table_name="segment")
    op.drop_index(op.f("ix_segment_snapshot_id"), table_name="segment")
    op.drop_table("segment")
    op.drop_index(op.f("ix_passage_source_id"), table_name="passage")
    op.drop_table("passage")
    op.drop_index(op.f("ix_open_question_claim_id"), table_name="open_question")
    op.drop_table("open_question")
    op.drop_index(op.f("ix_mention_name_mention_id"), table_name="mention_name")
    op.drop_table("mention_name")
    op.drop_table("source_derivation")
    op.drop_table("source_author")
    op.drop_index(op.f("ix_snapshot_source_id"), table_name="snapshot")
    op.drop_table("snapshot")
    op.drop_table("origin")
    op.drop_index(op.f("ix_mention_claim_id"), table_name="mention")
    op.drop_index(op.f("ix_mention_agent_id"), table_name="mention")
    op.drop_table("mention")
    op.drop_index(op.f("ix_concerned_claim_id"), table_name="concerned")
    op.drop_index(op.f("ix_concerned_agent_id"), table_name="concerned")
    op.drop_table("concerned")
    op.drop_index(op.f("ix_aspect_verdict_assessment_id"), table_name="aspect_verdict")
    op.drop_index(op.f("ix_aspect_verdict_aspect_id"), table_name="aspect_verdict")
    op.drop_table("aspect_verdict")
    op.drop_index(op.f("ix_source_url"), table_name="source")
    op.drop_table("source")
    op.drop_index(op.f("ix_relation_target_id"), table_name="relation")
    op.drop_index(op.f("ix_relation_claim_id"), table_name="relation")
    op.drop_table("relation")
    op.drop_index(op.f("ix_claim_word_claim_id"), table_name="claim_word")
    op.drop_table("claim_word")
    op.drop_table("claim_topic")
    op.drop_table("claim_text")
    op.drop_index(op.f("ix_assessment_claim_id"), table_name="assessment")
    op.drop_table("assessment")
    op.drop_index(op.f("ix_aspect_claim_id"), table_name="aspect")
    op.drop_table("aspect")
    op.drop_index(op.f("ix_agent_name_agent_id"), table_name="agent_name")
    op.drop_table("agent_name")
    op.drop_table("topic")
    op.drop_table("part_counter")
    op.drop_table("page")
    op.drop_index(op.f("ix_identifier_record_id"), table_name="identifier")
    op.drop_table("identifier")
    op.drop_index(op.f("ix_external_id_value"), table_name="external_id")
    op.drop_index(op.f("ix_external_id_record_id"), table_name="external_id")
    op.drop_table("external_id")
    op.drop_table("claim")
    op.drop_index(op.f("ix_approval_record_id"), table_name="approval")
    op.drop_table("approval")
    op.drop_table("agent")
    op.drop_table("record")
    op.drop_index(op.f("ix_history_record_id"), table_name="history")
    op.drop_table("history")
