"""A row of the report: sides that were measured in turn, and the ratios between them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any, Literal


@dataclass(frozen=True)
class Side:
    """One of what is compared. `values` has one figure a round, in `unit`: s, ms, 1/s (a second), MiB."""

    name: str
    command: str
    unit: str
    values: Sequence[float]

    @property
    def middle(self) -> float:
        return median(self.values)


@dataclass(frozen=True)
class Ratio:
    """What `of` is to `to`, round by round. `aim` is the bound that was set beforehand, None where there was none."""

    name: str
    of: str
    to: str
    aim: float | None = None
    bound: Literal["at least", "at most"] = "at least"


@dataclass(frozen=True)
class Figure:
    """A figure without a partner: memory, a count, a split of time."""

    name: str
    value: float
    unit: str
    aim: float | None = None


@dataclass(frozen=True)
class Corpus:
    """What was measured over. `triples` are those of the current set, for one claim with all that it brings."""

    profile: str
    claims: int
    editions: int
    triples: float


@dataclass(frozen=True)
class Row:
    """`key` names its file. `measure` joins rows of one thing at several sizes; `grows` is the side that is looked at.

    `guarded` rows are short ones that `make bench-check` runs again.
    """

    key: str
    title: str
    method: str
    sides: Sequence[Side]
    ratios: Sequence[Ratio] = ()
    figures: Sequence[Figure] = ()
    corpus: Corpus | None = None
    measure: str = ""
    grows: str = ""
    guarded: bool = False
    remarks: Sequence[str] = ()
    versions: Mapping[str, str] = field(default_factory=dict)

    def side(self, name: str) -> Side:
        return next(side for side in self.sides if side.name == name)

    def ratio_values(self, ratio: Ratio) -> list[float]:
        """Pair by pair: both of a pair ran one after the other."""
        pairs = zip(self.side(ratio.of).values, self.side(ratio.to).values, strict=True)
        return [of / to for of, to in pairs]

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"ratio_values": {ratio.name: self.ratio_values(ratio) for ratio in self.ratios}}


def row_from(written: Mapping[str, Any]) -> Row:
    """A row as it was kept."""
    known = {name: written[name] for name in Row.__dataclass_fields__ if name in written}
    known["sides"] = [Side(**side) for side in written["sides"]]
    known["ratios"] = [Ratio(**ratio) for ratio in written["ratios"]]
    known["figures"] = [Figure(**figure) for figure in written["figures"]]
    known["corpus"] = Corpus(**written["corpus"]) if written.get("corpus") else None
    return Row(**known)
