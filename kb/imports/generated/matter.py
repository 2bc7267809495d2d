"""What a claim says: its shape with the blanks filled in, and the article in which it stands."""

from dataclasses import dataclass
from functools import cached_property

from kb.imports.generated import words
from kb.imports.generated.dice import Dice
from kb.imports.generated.names import TOWNS, WORKS, town, work
from kb.imports.generated.shapes import PUT, SHAPES, Shape
from kb.imports.generated.world import World

NOW = 2019
OPENINGS = (
    "It was said at the meeting that {said}.",
    "By the account of the office, {said}.",
    "A plaque on the square tells that {said}.",
    "In the words of the yearly report, {said}.",
    "Whoever asks there is told that {said}.",
)


@dataclass(frozen=True)
class Matter:
    """`said` is a clause without its full stop; `raw` the words of its figure, '' where it has none."""

    shape: Shape
    town: str
    name: str
    year: int
    said: str
    asked: str
    number: int = 0
    raw: str = ""
    comparator: str = "exact"


@dataclass(frozen=True)
class Article:
    """`claims` are the numbers of what it says, `starts` where each of them begins in its text, in code points."""

    number: int
    title: str
    publisher: int
    author: int
    published: str
    text: str
    claims: range
    starts: tuple[int, ...]

    @cached_property
    def data(self) -> bytes:
        return self.text.encode("utf-8")


def matter(world: World, claim: int) -> Matter:
    dice = world.dice("matter", claim)
    shape, place = dice.of(SHAPES), town(dice.common(TOWNS))
    name, year = work(dice.common(WORKS)), year_of(dice)
    number = _number(dice, shape.span)
    put, comparator = dice.weighed(PUT) if shape.unit else ("", "exact")
    raw = f"{put}{number:,}" if shape.unit else ""
    blanks = {"town": place, "name": name, "figure": raw, "year": year, "cause": dice.of(words.CAUSES)}
    return Matter(
        shape=shape,
        town=place,
        name=name,
        year=year,
        said=shape.said.format(**blanks),
        asked=shape.asked.format(**blanks),
        number=number,
        raw=raw,
        comparator=comparator,
    )


def article(world: World, number: int) -> Article:
    """It tells what all its claims say, also those that are not wanted yet."""
    size = world.profile.article
    claims, dice = range(number * size, (number + 1) * size), world.dice("article", number)
    bodies = world.agents(claims.start) - world.profile.persons
    publisher = world.profile.persons + dice.common(bodies)
    title = (
        f"{dice.of(words.THEMES).capitalize()} of {town(dice.common(TOWNS))}: a round of the region, no. {number + 1}"
    )
    text, starts = f"{title}\n\n", []
    for claim in claims:
        said, opening = matter(world, claim).said, dice.of(OPENINGS)
        starts.append(len(text) + opening.index("{said}"))
        text += f"{opening.format(said=said)} {dice.of(words.FILLERS)}\n\n"
    return Article(
        number=number,
        title=title,
        publisher=publisher,
        author=dice.common(world.profile.persons),
        published=date_of(dice),
        text=text,
        claims=claims,
        starts=tuple(starts),
    )


def year_of(dice: Dice) -> int:
    """Most of what is told is of late."""
    return NOW - dice.common(80)


def date_of(dice: Dice) -> str:
    return f"{NOW - dice.common(20)}-{dice.between(1, 12):02}-{dice.between(1, 28):02}"


def _number(dice: Dice, span: tuple[int, int]) -> int:
    """Small ones are more frequent than great ones, as they are in lists of anything."""
    low, high = span
    return low + dice.below(dice.between(1, high - low + 1))
