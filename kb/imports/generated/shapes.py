"""Shapes of claims: what is said of what, with its question, its figure and the measure that the figure is of."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """`said` stands in the article word for word; {town}, {name}, {figure}, {year} and {cause} are filled in.

    One without `unit` has no figure. `span` holds the least and the greatest number, `measure` the theme of the figure.
    """

    claim_type: str
    said: str
    asked: str
    thing: str
    unit: str = ""
    counted: str | None = None
    span: tuple[int, int] = (1, 1)
    measure: int | None = None


# Measures: what is counted, and of which kind; they are the first themes of a corpus.
MEASURES = (
    ("Length of bridges", "stock"),
    ("Height of towers", "stock"),
    ("Trees in parks", "stock"),
    ("Tram passengers in a year", "flow"),
    ("Books lent in a year", "flow"),
    ("Boats in harbours", "stock"),
    ("Votes in council meetings", "event"),
    ("Weight of bells", "stock"),
    ("Rain in a year", "flow"),
    ("Visitors of fairs", "event"),
)
SHAPES = (
    Shape(
        "numerical", "the {name} bridge in {town} is {figure} metres long",
        "Is the {name} bridge in {town} {figure} metres long?", "bridge", "metre", "metres of bridge", (40, 900), 0,
    ),
    Shape(
        "numerical", "the {name} tower in {town} is {figure} metres high",
        "Is the {name} tower in {town} {figure} metres high?", "tower", "metre", "metres of tower", (18, 240), 1,
    ),
    Shape(
        "numerical", "{figure} trees stand in the {name} park of {town}",
        "Do {figure} trees stand in the {name} park of {town}?", "park", "trees", "trees", (60, 9_000), 2,
    ),
    Shape(
        "numerical", "{figure} passengers took the {name} tram in {town} in {year}",
        "Did {figure} passengers take the {name} tram in {town} in {year}?", "tram", "passengers", "passengers",
        (20_000, 4_000_000), 3,
    ),
    Shape(
        "numerical", "the {name} library of {town} lent {figure} books in {year}",
        "Did the {name} library of {town} lend {figure} books in {year}?", "library", "books", "books lent",
        (900, 400_000), 4,
    ),
    Shape(
        "numerical", "{figure} boats lay in the {name} harbour near {town} in {year}",
        "Did {figure} boats lie in the {name} harbour near {town} in {year}?", "harbour", "boats", "boats", (3, 700), 5,
    ),
    Shape(
        "numerical", "{figure} members of the council of {town} voted for the {name} line in {year}",
        "Did {figure} members of the council of {town} vote for the {name} line in {year}?", "vote", "votes",
        "votes in favour", (4, 80), 6,
    ),
    Shape(
        "numerical", "the {name} bell in {town} weighs {figure} kilograms",
        "Does the {name} bell in {town} weigh {figure} kilograms?", "bell", "kilogram", "kilograms of bell",
        (90, 14_000), 7,
    ),
    Shape(
        "numerical", "{figure} millimetres of rain fell at the {name} station near {town} in {year}",
        "Did {figure} millimetres of rain fall at the {name} station near {town} in {year}?", "weather station",
        "millimetre", "millimetres of rain", (180, 2_400), 8,
    ),
    Shape(
        "numerical", "{figure} visitors came to the {name} fair of {town} in {year}",
        "Did {figure} visitors come to the {name} fair of {town} in {year}?", "fair", "visitors", "visitors",
        (400, 90_000), 9,
    ),
    Shape(
        "event_date", "the {name} lighthouse near {town} was lit for the first time in {year}",
        "Was the {name} lighthouse near {town} lit for the first time in {year}?", "lighthouse",
    ),
    Shape(
        "event_date", "the {name} ferry at {town} made its last crossing in {year}",
        "Did the {name} ferry at {town} make its last crossing in {year}?", "ferry",
    ),
    Shape(
        "causal_interpretation", "the {name} mill in {town} was closed in {year} because of {cause}",
        "Was the {name} mill in {town} closed in {year} because of {cause}?", "mill",
    ),
    Shape(
        "causal_interpretation", "the {name} theatre in {town} moved in {year} because of {cause}",
        "Did the {name} theatre in {town} move in {year} because of {cause}?", "theatre",
    ),
    Shape(
        "identity_role", "the {name} well in {town} is the oldest of the region",
        "Is the {name} well in {town} the oldest of the region?", "well",
    ),
    Shape(
        "attribution_quote", "the council of {town} called the {name} canal in {year} a work of the century",
        "Did the council of {town} call the {name} canal in {year} a work of the century?", "canal",
    ),
)  # fmt: skip
# How a figure is put: the words before the number, the comparator, and the share of figures in percent.
PUT = (
    (60, ("", "exact")),
    (14, ("about ", "about")),
    (12, ("more than ", "over")),
    (8, ("at least ", "at_least")),
    (6, ("under ", "under")),
)
