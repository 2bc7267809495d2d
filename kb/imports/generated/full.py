"""A claim in the shape of the real corpus: its words, where it stands, aspects, verdicts, and what hangs on it."""

from dataclasses import dataclass, field
from typing import Any

from kb.desk.appearances import AppearanceEntry, LinkEntry, add_appearance
from kb.desk.aspects import AspectEntry, add_aspect
from kb.desk.assessments import AssessmentEntry, VerdictEntry, add_assessment
from kb.desk.claims import ClaimEntry, WordEntry, add_claim
from kb.desk.figures import FigureEntry, add_figure
from kb.desk.passages import QuoteEntry
from kb.desk.tables import Claim
from kb.imports.generated import words
from kb.imports.generated.dice import Dice
from kb.imports.generated.job import Job
from kb.imports.generated.light import figure_entry
from kb.imports.generated.matter import Article, Matter
from kb.imports.generated.names import agent

AROUND = 32
# In percent, by aspect.
VERDICTS = (
    (42, "supported"),
    (13, "partly_supported"),
    (13, "contradicted"),
    (5, "disputed"),
    (20, "unverified"),
    (7, "not_checkable"),
)
# What rests on evidence comes first: the first piece of evidence is then of an aspect that needs one.
WEIGHTS = ("disputed", "contradicted", "supported", "partly_supported", "unverified", "not_checkable")
ASPECTS = (
    ("matter", "the matter as such"),
    ("place", "the place"),
    ("year", "the year"),
    ("extent", "the extent that is given"),
)
COMMITMENTS = ((52, "asserted"), (14, "hedged"), (18, "reported"), (8, "quoted"), (8, "alleged"))
CERTAINTIES = (
    (55, ("certain", "The voice's own text was read and says it.")),
    (27, ("likely", "The article names the voice plainly; its own text was not read.")),
    (10, ("uncertain", "The article names the voice in passing.")),
    (8, ("ambiguous", "The sentence leaves open whose words these are.")),
)
INNER = (
    ("reported_speaker", "asserts", "told the paper"),
    ("reported_document", "reports", "writes in its yearly report"),
    ("carrier", "publishes", None),
    ("unnamed_source", "alleges", "it is said"),
)
REASONS = (
    "The record of the authority was read and agrees; {town} has kept it since {year}.",
    "Two reports of {year} tell it in the same way, and rest on one count in {town}.",
    "The oldest source of {year} gives another account than the article does; the later ones copy it.",
    "What was found of {town} touches the matter and settles only a part of it.",
)


@dataclass
class Full:
    """One claim at work. `judged` are codes of aspects with their verdicts, the weightiest first."""

    job: Job
    number: int
    claim: Claim
    dice: Dice
    told: Matter
    article: Article
    judged: list[tuple[str, str]] = field(default_factory=list)
    evidence: list[int] = field(default_factory=list)


def begin_full(job: Job, number: int) -> Full:
    """The claim with its words, place, aspects and verdicts."""
    told, article = job.matter(number), job.article(number)
    dice = job.world.dice("claim", number)
    job.aim(job.world.claim(number))
    claim = add_claim(job.session, job.actor, _words(job, number, dice, told, article))
    job.name(claim.id, f"C{number}")
    full = Full(job, number, claim, dice, told, article)
    _add_appearance(full)
    _add_aspects(full)
    if told.raw:
        figure = add_figure(job.session, job.actor, claim, figure_entry(job, told, article, number))
        job.name(claim.id, f"C{number}.f1", f"figure-{figure.number}")
    elif told.shape.claim_type == "event_date":
        add_figure(job.session, job.actor, claim, _date(full))
    return full


def assess(full: Full) -> None:
    """Each aspect by its own verdict; the evidence is there already."""
    job, dice = full.job, full.dice
    entry = AssessmentEntry(
        confidence=job.confidence(dice),
        reason=dice.of(REASONS).format(town=full.told.town, year=full.told.year),
        assessed_on=job.day,
        method_version=job.method,
        verdicts=tuple(
            VerdictEntry(aspect=code, verdict=verdict, confidence=job.confidence(dice)) for code, verdict in full.judged
        ),
    )
    add_assessment(job.session, job.actor, full.claim, entry)


def _words(job: Job, number: int, dice: Dice, told: Matter, article: Article) -> ClaimEntry:
    author, publisher = agent(article.author, job.world.profile), agent(article.publisher, job.world.profile)
    topics = [*job.world.new(number).topics, *dice.some(3, job.world.topics(number))]
    wanted = list(dict.fromkeys(topics))[: 2 if dice.chance(57) else 3]
    note = (
        f"The {told.shape.thing} and its namesakes in the region must be told apart; the year is that of the article."
    )
    return ClaimEntry(
        statement={"en": f"{author.name} writes in the {publisher.name} that {told.said}."},
        question={"en": told.asked},
        claim_type=told.shape.claim_type,
        commitment=dice.weighed(COMMITMENTS),
        checkability=dice.weighed(((74, "checkable"), (20, "partly"), (6, "not_checkable"))),
        checkability_reason=f"Offices keep lists of each {told.shape.thing}, with years and numbers.",
        hedges=(WordEntry(text=dice.of(words.HEDGES)),) if dice.chance(45) else (),
        boosters=(WordEntry(text=dice.of(words.BOOSTERS)),) if dice.chance(32) else (),
        topics=tuple(map(job.topic_id, wanted)),
        note=note if dice.chance(80) else None,
    )


def _add_appearance(full: Full) -> None:
    job, article, text = full.job, full.article, full.article.text
    start = article.starts[full.number - article.claims.start]
    end = start + len(full.told.said)
    certainty, reason = full.dice.weighed(CERTAINTIES)
    quote = QuoteEntry(
        exact=full.told.said,
        language="en",
        prefix=text[max(start - AROUND, 0) : start],
        suffix=text[end : end + AROUND],
        start=start,
        end=end,
        occurrence=1,
        occurrences=1,
    )
    entry = AppearanceEntry(
        source=job.world.id(job.world.article(article.number)),
        quote=quote,
        certainty=certainty,
        certainty_reason=reason,
        chain=_chain(full),
    )
    add_appearance(job.session, job.actor, full.claim, entry, job.texts)


def _chain(full: Full) -> tuple[LinkEntry, ...]:
    """Publisher and author, of whom the article itself was read, and behind them none, one or two more."""
    job, article, dice = full.job, full.article, full.dice
    where: dict[str, Any] = {"source": job.world.id(job.world.article(article.number)), "stated_on": article.published}
    printed = [
        LinkEntry(
            **where,
            agent=job.agent_id(article.publisher),
            name=agent(article.publisher, job.world.profile).name,
            role="publisher",
            factive=False,
            attitude="publishes",
        ),
        LinkEntry(
            **where,
            agent=job.agent_id(article.author),
            name=agent(article.author, job.world.profile).name,
            role="author",
            verb="writes",
            verb_language="en",
            factive=False,
            attitude=dice.of(("asserts", "reports", "endorses")),
            read_by_editor=True,
        ),
    ]
    inner = dice.some(dice.weighed(((40, 0), (40, 1), (20, 2))), len(INNER))
    return (*printed, *(_inner_link(full, *INNER[one]) for one in sorted(inner)))


def _inner_link(full: Full, role: str, attitude: str, verb: str | None) -> LinkEntry:
    unnamed = role == "unnamed_source"
    voice = full.dice.common(full.job.world.agents(full.number))
    return LinkEntry(
        agent=None if unnamed else full.job.agent_id(voice),
        unnamed=unnamed,
        name="people of the town, not named" if unnamed else agent(voice, full.job.world.profile).name,
        role=role,
        verb=verb,
        verb_language="en" if verb else None,
        factive=False,
        attitude=attitude,
    )


def _add_aspects(full: Full) -> None:
    job, dice = full.job, full.dice
    number = dice.weighed(((40, 2), (45, 3), (15, 4)))
    for position, (code, label) in enumerate(ASPECTS[:number], 1):
        main = position == 1 or dice.chance(75)
        entry = AspectEntry(code=code, label=f"{label}: {full.told.name}", main=main, position=position)
        add_aspect(job.session, job.actor, full.claim, entry)
        full.judged.append((code, dice.weighed(VERDICTS)))
    full.judged.sort(key=lambda one: WEIGHTS.index(one[1]))


def _date(full: Full) -> FigureEntry:
    """A year is a figure too: its time stands in the period."""
    raw = str(full.told.year)
    start = full.article.starts[full.number - full.article.claims.start] + full.told.said.index(raw)
    return FigureEntry(
        raw=raw,
        raw_language="en",
        comparator="exact",
        unit="year",
        counted=f"the year of the {full.told.shape.thing}",
        period=raw,
        start=start,
        end=start + len(raw),
    )
