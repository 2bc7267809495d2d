"""Tables of the desk, one file for each word; a child names its parent, never the reverse."""

from kb.desk.tables.agent import Agent, AgentName
from kb.desk.tables.appearance import Appearance, ChainLink, LinkHedge, OtherPlace
from kb.desk.tables.assessment import AspectVerdict, Assessment, Reply
from kb.desk.tables.claim import (
    Aspect,
    Claim,
    ClaimText,
    ClaimTopic,
    ClaimWord,
    Concerned,
    Mention,
    MentionName,
    Relation,
)
from kb.desk.tables.evidence import Evidence, Explanation, OpenQuestion, ReplyEvidence, Search
from kb.desk.tables.external import ExternalId, Identifier
from kb.desk.tables.figure import Figure
from kb.desk.tables.history import History
from kb.desk.tables.origin import Origin
from kb.desk.tables.page import Page
from kb.desk.tables.record import PartCounter, Record
from kb.desk.tables.review import Approval
from kb.desk.tables.snapshot import LeftOutSentence, Passage, Segment, Snapshot
from kb.desk.tables.source import Source, SourceAuthor, SourceDerivation, SourceOrigin
from kb.desk.tables.topic import Topic

__all__ = [
    "Agent",
    "AgentName",
    "Appearance",
    "Approval",
    "Aspect",
    "AspectVerdict",
    "Assessment",
    "ChainLink",
    "Claim",
    "ClaimText",
    "ClaimTopic",
    "ClaimWord",
    "Concerned",
    "Evidence",
    "Explanation",
    "ExternalId",
    "Figure",
    "History",
    "Identifier",
    "LeftOutSentence",
    "LinkHedge",
    "Mention",
    "MentionName",
    "OpenQuestion",
    "Origin",
    "OtherPlace",
    "Page",
    "PartCounter",
    "Passage",
    "Record",
    "Relation",
    "Reply",
    "ReplyEvidence",
    "Search",
    "Segment",
    "Snapshot",
    "Source",
    "SourceAuthor",
    "SourceDerivation",
    "SourceOrigin",
    "Topic",
]
