"""Agents and topics as they are called: each name follows from the number."""

from kb.desk.agents import AgentEntry
from kb.desk.topics import TopicEntry, slug_of
from kb.imports.generated import words
from kb.imports.generated.profiles import Profile
from kb.imports.generated.shapes import MEASURES

TOWNS = len(words.BEGINNINGS) * len(words.ENDS)
WORKS = TOWNS * len(words.MIDDLES)
# Steps that share no factor with what they go round, so that neighbours in number are none in the alphabet.
TOWN_STEP, WORK_STEP = 577, 10_007


def town(number: int) -> str:
    """As Ostermoor; there are TOWNS of them."""
    begin, end = divmod(number * TOWN_STEP % TOWNS, len(words.ENDS))
    return words.BEGINNINGS[begin] + words.ENDS[end]


def work(number: int) -> str:
    """As Tavoliskar: a bridge, a mill or a tower; there are WORKS of them."""
    place = number * WORK_STEP % WORKS
    begin, rest = divmod(place, len(words.MIDDLES) * len(words.ENDS))
    middle, end = divmod(rest, len(words.ENDS))
    return words.BEGINNINGS[begin] + words.MIDDLES[middle] + words.ENDS[end]


def agent(number: int, profile: Profile) -> AgentEntry:
    """The first are persons; bodies have one name in each of the towns before any has a second one."""
    if number < profile.persons:
        name = f"{words.GIVEN[number % len(words.GIVEN)]} {_family(number)}"
        genre = words.PEOPLE[number % len(words.PEOPLE)]
        return AgentEntry(kind="person", name=name, genre=genre, living="presumed_living", living_as_of="2020-01-01")
    rounds, place = divmod(number - profile.persons, TOWNS)
    genre, called = words.BODIES[(place + rounds) % len(words.BODIES)]
    return AgentEntry(kind="organisation", name=called.format(town=town(place)), genre=genre)


def topic(number: int) -> TopicEntry:
    """Measures, then themes, then those of the towns."""
    if number < len(MEASURES):
        label, kind = MEASURES[number]
        return TopicEntry(slug=slug_of(label), label=label, measure_kind=kind)
    number -= len(MEASURES)
    if number < len(words.THEMES):
        label = words.THEMES[number].capitalize()
    else:
        label = _town_theme(number - len(words.THEMES))
    return TopicEntry(slug=slug_of(label), label=label)


def _family(number: int) -> str:
    begin, middle = number * 7 % len(words.BEGINNINGS), number * 5 % len(words.MIDDLES)
    return f"{words.BEGINNINGS[begin]}{words.MIDDLES[middle]}n"


def _town_theme(number: int) -> str:
    """Every town has every theme once; thereafter they are told apart by a numeral."""
    rounds, place = divmod(number, TOWNS)
    times, turn = divmod(rounds, len(words.THEMES))
    label = f"{town(place)} {words.THEMES[(place + turn) % len(words.THEMES)]}"
    return f"{label} {times + 1}" if times else label
