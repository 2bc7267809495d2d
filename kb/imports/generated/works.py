"""Sources that are no articles of our own, and the origins that they rest on."""

from typing import Any

from kb.desk.origins import OriginEntry
from kb.desk.sources import SourceEntry
from kb.imports.generated import words
from kb.imports.generated.dice import Dice
from kb.imports.generated.matter import date_of
from kb.imports.generated.names import TOWNS, agent, town
from kb.imports.generated.world import World

COPIES, DERIVED = 12, 8


def origin_entry(world: World, number: int) -> OriginEntry:
    dice = world.dice("origin", number)
    genre = dice.of(words.ORIGINS)
    label = f"{genre.capitalize()} of {date_of(dice)} in {town(dice.common(TOWNS))}, no. {number + 1}"
    note = "to be looked up in the archive" if dice.chance(55) else None
    return OriginEntry(label=label, genre=genre, seen=dice.chance(45), note=note)


def source_entry(world: World, number: int) -> SourceEntry:
    """The second one of a claim may be a copy of the first, or derived from it."""
    dice = world.dice("source", number)
    work_class, genre = dice.of(words.GENRES)
    behind = _behind(world, number)
    copies = behind is not None and dice.chance(COPIES)
    derived = behind is not None and not copies and dice.chance(DERIVED)
    return SourceEntry(
        **_printed(world, dice, number),
        title=f"{genre.capitalize()} no. {number + 1}: {dice.of(words.THEMES)} of {town(dice.common(TOWNS))}",
        published=date_of(dice),
        url=f"https://archive.example/{number + 1}" if dice.chance(88) else None,
        work_class=work_class,
        genre=genre,
        language="en",
        seen=dice.chance(85),
        copy_of=behind if copies else None,
        derived_from=(behind,) if behind and derived else (),
        rests_on=tuple(world.id(world.origin(one)) for one in origins_of(world, number)),
        note="the page of the second print" if dice.chance(20) else None,
    )


def origins_of(world: World, source: int) -> list[int]:
    """One or two: of a hub any, else of those that have come with its claim or the one before."""
    dice, hubs = world.dice("rests on", source), world.profile.hub_origins
    if source < world.profile.hub_sources:
        return dice.some(1, hubs)
    known = hubs + world.profile.origins.before(world.claim_of_source(source) + 1)
    last = [known - 1 - back for back in dice.some(2 if dice.chance(28) else 1, min(3, known))]
    return sorted(last)


def _behind(world: World, number: int) -> str | None:
    """The first source of the same claim."""
    if number <= world.profile.hub_sources:
        return None
    same = world.claim_of_source(number) == world.claim_of_source(number - 1)
    return world.id(world.source(number - 1)) if same else None


def _printed(world: World, dice: Dice, number: int) -> dict[str, Any]:
    """Who stands on the title page; half of the publishers are known to the corpus."""
    profile = world.profile
    known = (
        profile.bodies
        if number < profile.hub_sources
        else world.agents(world.claim_of_source(number)) - profile.persons
    )
    publisher = profile.persons + dice.common(known)
    author = agent(dice.below(profile.persons), profile).name if dice.chance(50) else None
    return {
        "publisher_as_printed": agent(publisher, profile).name,
        "publisher": world.id(world.agent(publisher)) if dice.chance(12) else None,
        "author_as_printed": author,
    }
