"""Tables of the desk, one file for each word; a child names its parent, never the reverse."""

from kb.desk.tables.account import Account, AccountRole, Attempt, OneTimeLink, RecoveryCode, SignIn
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
from kb.desk.tables.review import Approval, Comment, Handover
from kb.desk.tables.snapshot import LeftOutSentence, Passage, Segment, Snapshot
from kb.desk.tables.source import Source, SourceAuthor, SourceDerivation, SourceOrigin
from kb.desk.tables.topic import Topic

__all__ = [
    "Account",
    "AccountRole",
    "Agent",
    "AgentName",
    "Appearance",
    "Approval",
    "Aspect",
    "AspectVerdict",
    "Assessment",
    "Attempt",
    "ChainLink",
    "Claim",
    "ClaimText",
    "ClaimTopic",
    "ClaimWord",
    "Comment",
    "Concerned",
    "Evidence",
    "Explanation",
    "ExternalId",
    "Figure",
    "Handover",
    "History",
    "Identifier",
    "LeftOutSentence",
    "LinkHedge",
    "Mention",
    "MentionName",
    "OneTimeLink",
    "OpenQuestion",
    "Origin",
    "OtherPlace",
    "Page",
    "PartCounter",
    "Passage",
    "Record",
    "RecoveryCode",
    "Relation",
    "Reply",
    "ReplyEvidence",
    "Search",
    "Segment",
    "SignIn",
    "Snapshot",
    "Source",
    "SourceAuthor",
    "SourceDerivation",
    "SourceOrigin",
    "Topic",
]
