"""Small invented claims for tests of what reads documents."""

from typing import Any

from kb.documents.addresses import base_of
from tests.factories.documents import QUOTE, TEXT, TEXT_SHA, Entity, Press, agent, en, origin, page, source, topic


def claim(iri: str, words: str, *, voice: str, read_in: str, origin: str, topics: tuple[str, ...] = ()) -> Entity:
    """A claim with two main aspects, the second contradicted, and a quote that TEXT holds."""
    page = iri.removesuffix("#it")
    made: Entity = {
        "@id": iri,
        "@type": ["Claim", "CreativeWork"],
        "statement": en(f"The survey says that {words}."),
        "question": en(f"Is it so that {words}?"),
        "claimType": "numerical",
        "commitment": "asserted",
        "checkability": "checkable",
        "checkabilityReason": en("Heights are measured."),
        "author": [voice],
        "datePublished": "1863-05-01",
        "appearsIn": [read_in],
        "aspects": [
            {"@id": f"{page}#aspect-1", "@type": "Aspect", "code": "height", "label": en("the height"), "main": True},
            {"@id": f"{page}#aspect-2", "@type": "Aspect", "code": "year", "label": en("in 1863"), "main": True},
        ],
        "appearances": [appearance(page, voice, read_in)],
        "evidence": [
            evidence(page, 1, "supports", read_in, origin),
            evidence(page, 2, "contradicts", read_in, origin),
        ],
        "assessment": assessment(page, en(f"Is it so that {words}?")),
    }
    if topics:
        made["topics"] = list(topics)
    return made


def appearance(page: str, voice: str, read_in: str) -> Entity:
    return {
        "@id": f"{page}#appearance-1",
        "@type": ["Appearance", "Annotation"],
        "motivation": "identifying",
        "quoteState": "verified",
        "certainty": "certain",
        "certaintyReason": en("It says so itself."),
        "target": passage(page, "appearance-1", read_in),
        "chain": [
            {
                "@id": f"{page}#appearance-1-link-1",
                "@type": "Link",
                "position": 1,
                "agent": voice,
                "name": en("Invented Survey"),
                "unnamed": False,
                "role": "author",
                "attitude": "asserts",
                "factive": False,
                "readByEditor": True,
                "inSource": read_in,
            }
        ],
    }


def passage(page: str, part: str, read_in: str) -> Entity:
    """QUOTE in the held snapshot of TEXT."""
    start = TEXT.index(QUOTE)
    end = start + len(QUOTE)
    quote = {"@id": f"{page}#{part}-quote", "@type": "TextQuoteSelector", "exact": QUOTE, "language": "en"}
    quote |= {"prefix": TEXT[:start], "suffix": TEXT[end : end + 10]}
    place: Entity = {"@id": f"{page}#{part}-position", "@type": "TextPositionSelector", "start": start, "end": end}
    return {
        "@id": f"{page}#{part}-target",
        "@type": "SpecificResource",
        "source": read_in,
        "state": {
            "@id": f"{page}#{part}-state",
            "@type": "TimeState",
            "cachedSource": f"{read_in.removesuffix('#it')}#snapshot-1",
        },
        "textSha256": TEXT_SHA,
        "selector": [quote, place],
    }


def evidence(page: str, number: int, stance: str, read_in: str, origin: str) -> Entity:
    """Evidence on the aspect of the same number."""
    return {
        "@id": f"{page}#evidence-{number}",
        "@type": "Evidence",
        "aspect": f"{page}#aspect-{number}",
        "stance": stance,
        "origin": origin,
        "quoteState": "verified",
        "sourceGrade": "B",
        "sourceGradeReason": en("It names its instruments."),
        "target": passage(page, f"evidence-{number}", read_in),
    }


def assessment(page: str, question: dict[str, str]) -> Entity:
    """Partly supported: the height is, the year is contradicted."""
    verdicts = (("supported", "0.9", "high"), ("contradicted", "0.97", "very_high"))
    return {
        "@id": f"{page}#assessment-1",
        "@type": ["Assessment", "ClaimReview"],
        "author": [],
        "url": page,
        "claimReviewed": question,
        "assessedOn": "2026-11-24",
        "reason": en("Invented reason."),
        "verdict": "partly_supported",
        "computedVerdict": "partly_supported",
        "confidence": "0.9",
        "band": "high",
        "method": f"{base_of(page)}method/v1",
        "independentOrigins": 1,
        "seenEvidence": 2,
        "failing": [f"{page}#aspect-2"],
        "rating": {
            "@id": f"{page}#assessment-1-rating",
            "@type": "Rating",
            "ratingLabel": en("Partly supported; the year is contradicted"),
            "ratingValue": 3,
            "bestRating": 5,
            "worstRating": 1,
        },
        "aspectVerdicts": [
            {
                "@id": f"{page}#assessment-1-aspect-{number}",
                "@type": "AspectVerdict",
                "aspect": f"{page}#aspect-{number}",
                "verdict": verdict,
                "confidence": confidence,
                "band": band,
            }
            for number, (verdict, confidence, band) in enumerate(verdicts, 1)
        ],
    }


def with_reply(entity: Entity, person: str, name: str) -> Entity:
    """The claim with a person concerned, who denies it."""
    page = entity["@id"].removesuffix("#it")
    concerned = {"@id": f"{page}#concerned-1", "@type": "Concerned", "name": en(name), "record": person}
    concerned |= {"living": "presumed_living", "asOf": "2026-11-24"}
    reply = {"@id": f"{page}#reply-1", "@type": "Reply", "by": concerned["@id"], "agent": person, "name": en(name)}
    reply |= {"statement": en("Invented: nothing of the kind."), "short": en(f"{name} denies it.")}
    label = en(f"Partly supported; the year is contradicted. {name} denies it.")
    made = entity | {"concerns": [concerned], "replies": [reply]}
    made["assessment"] = entity["assessment"] | {"rating": entity["assessment"]["rating"] | {"ratingLabel": label}}
    return made


def withdrawn(entity: Entity) -> Entity:
    """What is left of a claim that was withdrawn."""
    kept = ("@id", "@type", "statement", "question", "concerns", "replies", "topics", "relations", "note")
    return {key: entity[key] for key in kept if key in entity}


class World:
    """A small knowledge base: desk, voice, person, source with a held text, origin, topic, method, and claims."""

    def __init__(self, press: Press) -> None:
        self.press = press
        self.voice = press.name("agent")
        self.person = press.name("agent")
        self.source = press.name("source")
        self.origin = press.name("origin")
        self.topic = press.name("topic", "heights")
        self.method = press.name("page", "method")

    def entities(self) -> list[tuple[str, Entity]]:
        """What claims need, in an order in which each can be sealed."""
        from_survey = (self.origin,)
        return [
            ("agent", agent(self.voice, "Invented Survey", "organisation")),
            ("agent", agent(self.person, "Bela Invented")),
            ("topic", topic(self.topic, "Heights")),
            ("origin", origin(self.origin, "The survey of 1863")),
            ("source", source(self.source, "Heights of the Invented Alps", held=True, origins=from_survey)),
            ("page", page(self.method, "Method")),
        ]

    def claim(self, words: str = "Mount Example was 4,807 metres high in 1863", **more: Any) -> Entity:
        """A new claim of the survey's."""
        made = claim(
            self.press.name("claim"),
            words,
            voice=self.voice,
            read_in=self.source,
            origin=self.origin,
            topics=(self.topic,),
        )
        made["assessment"]["author"] = [self.press.desk]
        return made | more
