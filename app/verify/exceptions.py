"""What a page leaves out of a document, each with the reason: whatever is not listed here, it must say."""

from collections.abc import Mapping
from types import MappingProxyType

from kb.values import vocabulary
from kb.values.vocabulary import ClosedList

# Words that have a language and stand on no page, by class and key.
NOT_SHOWN: Mapping[str, str] = MappingProxyType(
    {
        "Claim.title": "the desk's short name for a claim; readers get its question",
        "Assessment.claimReviewed": "the question once more",
        "Rating.ratingLabel": "demanded in its pieces: the verdict, each aspect that fails, the replies",
        "Reply.short": "demanded as it stands beside the question, in one language",
        "Mention.otherNames": "for finding what is named, and not in the claim",
        "Mention.genre": "for finding what is named, and not in the claim",
        "Mention.note": "of what is named, and not of the claim",
        "Concerned.otherNames": "for finding the person, and not in the claim",
        "Page.body": "Markdown, demanded block by block",
    }
)
# Records that are referred to and not called by their own name.
NOT_NAMED: Mapping[str, str] = MappingProxyType(
    {
        "Claim.author": "a voice: it goes by the name that the chain has for it",
        "Link.agent": "it goes by the name that the chain has for it",
        "Reply.agent": "the speaker goes by the name in the reply",
        "Concerned.record": "the person goes by the name in the claim",
        "Mention.record": "it goes by the name in the claim",
        "Concerned.livingSource": "whether somebody lives is said with its day; the source is in the data",
        "Mention.livingSource": "whether somebody lives is said with its day; the source is in the data",
        "Assessment.author": "the desk, whose byline the page has",
        "OpenQuestion.origin": "what is not read yet is not counted by its origin",
        "Search.origin": "what was set aside is not counted by its origin",
        "Reply.origin": "a reply stands with the evidence that carries it, which has the origin",
    }
)
# What is left out where another key says the same.
INSTEAD: Mapping[str, str] = MappingProxyType(
    {"Source.copyOfAsPrinted": "copyOf", "Figure.countedByAgent": "countedBy"}
)
# Words as printed that are left out where they are the name that stands before them, in whatever language.
ONCE_WITH_THE_NAME = frozenset({"Mention.asPrinted"})
# Of closed lists, the words without which a reader is misled; the others may be said in other words.
LISTED: Mapping[str, ClosedList] = MappingProxyType(
    {
        "Agent.agentKind": vocabulary.AGENT_KIND,
        "Appearance.certainty": vocabulary.CERTAINTY,
        "Appearance.quoteState": vocabulary.QUOTE_STATE,
        "AspectVerdict.verdict": vocabulary.VERDICT,
        "Claim.checkability": vocabulary.CHECKABILITY,
        "Evidence.quoteState": vocabulary.QUOTE_STATE,
        "Evidence.stance": vocabulary.STANCE,
        "Snapshot.holding": vocabulary.HOLDING,
    }
)
# What a key is called in a report, where its own words would not do.
CALLED: Mapping[str, str] = MappingProxyType(
    {
        "asPrinted": "words as printed",
        "broader": "broader topic",
        "copyOf": "original",
        "derivedFrom": "source drawn on",
        "exact": "quote",
        "foundSource": "source found",
        "inSource": "source",
        "livingSource": "source for life or death",
        "memberOf": "organisation",
        "possiblySameAs": "possible double",
        "prefLabel": "name",
        "quoteState": "state of the quote",
        "restsOn": "origin",
        "topics": "topic",
        "wouldSettle": "source to be read",
    }
)
