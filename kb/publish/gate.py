"""The gate: the list of findings that shut it. Preview and publishing use the same one (DESIGN 5)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kb.documents import addresses
from kb.documents.envelope import Draft
from kb.publish.finding import Finding, of_fault
from kb.publish.wording import attributes

Entity = Mapping[str, Any]

# What a draft may lack for a while → what to say of it.
_TYPES = {
    "claimType": ("It is not said of what type the claim is.", "Choose a type."),
    "commitment": ("It is not said how the claim is put.", "Say whether it is asserted, hedged, reported and so on."),
    "checkability": ("It is not said whether the claim can be checked.", "Say whether, and why."),
    "checkabilityReason": ("It is not said why the claim can or cannot be checked.", "Give the reason."),
}
_ATTRIBUTION = {
    "certainty": (
        "It is not said how certain the attribution is.",
        "Say whether it is certain, likely, uncertain or ambiguous.",
    ),
    "certaintyReason": ("It is not said why the attribution is as certain as that.", "Give the reason."),
}
UNREAD = "Nobody else has approved this content."
_SECOND_READER = "Have somebody else approve exactly this content, or give the reason with --unreviewed."


@dataclass(frozen=True)
class Facts:
    """What the gate has to know beside the draft.

    `content` is its content digest; `approved`: somebody else approved exactly that. `content_stands`: the content is
    that of the edition before, so that nobody has to read it again. `other_names` are those of the voices in the
    claim's chains, `method` the latest version of the method page, `snapshots` those that readers will find, by IRI.
    """

    content: str = ""
    approved: bool = False
    unreviewed: str | None = None
    content_stands: bool = False
    hidden: bool = False
    withdrawn: bool = False
    other_names: frozenset[str] = frozenset()
    method: int = 0
    snapshots: frozenset[str] = field(default_factory=frozenset)


def gate(draft: Draft, facts: Facts) -> list[Finding]:
    """Everything that stands in the way, or should be looked at; open where nothing of it shuts."""
    found = list(_standing(draft, facts))
    own = list(_claim(draft.entity, facts)) if draft.kind == "claim" else []
    found += own
    for fault in [] if facts.hidden else draft.faults:
        told = of_fault(fault, draft.entity)
        # Of what is lacking the model says once more, of the whole record, what was just said of each part.
        if not (told.where == "record" and own) and told.where not in {one.where for one in own}:
            found.append(told)
    return found


def is_open(findings: list[Finding]) -> bool:
    return not any(finding.shuts for finding in findings)


def _standing(draft: Draft, facts: Facts) -> Iterator[Finding]:
    if facts.hidden:
        yield Finding(
            "A private person, or a source that nobody names, has no page of its own.",
            "visibility",
            "It stands inside the claims that need it; there is nothing to publish.",
        )
    if facts.withdrawn:
        yield Finding("This record is withdrawn.", "record", f"Restore it: claimbase restore {draft.record}.")
    if not (facts.approved or facts.content_stands or facts.unreviewed):
        yield Finding(UNREAD, "review", _SECOND_READER)


def _claim(entity: Entity, facts: Facts) -> Iterator[Finding]:
    yield from _words(entity, facts)
    yield from _appearances(entity, facts)
    yield from _aspects(entity)
    yield from _assessment(entity, facts)
    yield from _evidence(entity, facts)
    yield from _persons(entity)


def _words(entity: Entity, facts: Facts) -> Iterator[Finding]:
    if "statement" not in entity:
        yield Finding("There is no statement.", "statement", "Write it in one neutral sentence that says who says it.")
    else:
        voices = _voices(entity)
        if voices and not attributes(entity["statement"].values(), [*voices, *sorted(facts.other_names)]):
            yield Finding(
                "The statement does not say who says it.",
                "statement",
                f"Name a voice of the chain in it: {', '.join(voices)}.",
            )
    if "question" not in entity:
        yield Finding("There is no question.", "question", "Put the bare matter as a question that ends with “?”.")
    for key, (what, mend) in _TYPES.items():
        if key not in entity:
            yield Finding(what, key, mend)


def _voices(entity: Entity) -> list[str]:
    links = (link for appearance in entity.get("appearances", ()) for link in appearance.get("chain", ()))
    return list(dict.fromkeys(name for link in links for name in link["name"].values()))


def _appearances(entity: Entity, facts: Facts) -> Iterator[Finding]:
    appearances = entity.get("appearances", ())
    if not appearances:
        yield Finding("Nothing says where the claim stands.", "appearances", "Add the passage in which it is made.")
    for appearance in appearances:
        where = appearance["@id"].partition("#")[2]
        if "chain" not in appearance:
            yield Finding("Nobody says it: the chain is empty.", f"{where}/chain", "Add at least the voice you read.")
        for key, (what, mend) in _ATTRIBUTION.items():
            if key not in appearance:
                yield Finding(what, f"{where}/{key}", mend)
        yield from _lacking_snapshot(appearance, where, facts)
    if appearances and not any(map(_is_known, appearances)):
        yield Finding(
            "Nobody here has read where the claim stands.",
            "appearances",
            "Locate the quote in a text that we hold, or record it with the hash of the text that was read.",
        )


def _is_known(appearance: Entity) -> bool:
    state = appearance["quoteState"]
    return state == "verified" or (state == "recorded" and "textSha256" in appearance["target"])


def _lacking_snapshot(part: Entity, where: str, facts: Facts) -> Iterator[Finding]:
    target = part.get("target", {})
    cached = target.get("state", {}).get("cachedSource")
    if cached is not None and cached not in facts.snapshots:
        source = target["source"].partition("#")[0].rpartition("/")[2]
        yield Finding(
            "The quote was located in a snapshot that the published source does not have yet.",
            f"{where}/target",
            f"Publish the source {source} as well.",
        )


def _aspects(entity: Entity) -> Iterator[Finding]:
    aspects = entity.get("aspects", ())
    if not any(aspect["main"] for aspect in aspects):
        yield Finding("There is no main aspect.", "aspects", "Say what part of the claim can be right or wrong.")
    if "assessment" not in entity:
        return
    judged = {one["aspect"] for one in entity["assessment"].get("aspectVerdicts", ())}
    for aspect in aspects:
        if aspect["@id"] not in judged:
            where = aspect["@id"].partition("#")[2]
            what = f"The aspect “{aspect['code']}” has no verdict."
            yield Finding(what, f"{where}/verdict", "Judge it, with a confidence; unverified is a verdict too.")


def _assessment(entity: Entity, facts: Facts) -> Iterator[Finding]:
    if "assessment" not in entity:
        mend = "Assess it, with reason and confidence: unverified, with the reasons, is an assessment."
        yield Finding("The claim has no assessment.", "assessment", mend)
        return
    version = addresses.version_of(entity["assessment"]["method"])
    if version > facts.method:
        where = f"{entity['assessment']['@id'].partition('#')[2]}/method"
        yield Finding(
            f"Version {version} of the method is not published.",
            where,
            "Publish the page method, or name the one in force.",
        )


def _evidence(entity: Entity, facts: Facts) -> Iterator[Finding]:
    for key in ("evidence", "searches", "replies"):
        for part in entity.get(key, ()):
            yield from _lacking_snapshot(part, part["@id"].partition("#")[2], facts)


def _persons(entity: Entity) -> Iterator[Finding]:
    """A living person concerned is heard, or it is said that a reply was looked for: a warning, no more."""
    if "noReplyFoundOn" in entity:
        return
    heard = {reply.get("by") for reply in entity.get("replies", ())}
    for person in entity.get("concerns", ()):
        if person["@id"] not in heard and person.get("living") != "reported_dead":
            name = next(iter(person["name"].values()))
            yield Finding(
                f"There is no reply of {name}, whom the claim concerns.",
                person["@id"].partition("#")[2],
                "Add the reply, or say on what day one was looked for and none was found.",
                shuts=False,
            )
