"""Commands that export, each with where it writes to; what they wrote is checked after each run."""

import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.corpora import CLAIMBASE, env
from bench.export.mapping import yarrrml
from bench.peers import peer
from bench.rounds import CommandFailed, Measure, Ran, run

CHUNK = 1 << 20


@dataclass
class Runs:
    """What ran, by side, and how many lines each side wrote: as many in each round, or the run fails."""

    ran: dict[str, list[Ran]] = field(default_factory=lambda: defaultdict(list))
    lines: dict[str, int] = field(default_factory=dict)

    def side(
        self,
        name: str,
        command: Sequence[object],
        wrote: Path,
        *,
        piped: bool = False,
        of: Mapping[str, str] | None = None,
    ) -> Measure:
        """Seconds by the clock. `piped`: the command's standard output goes into the file."""

        def measure() -> float:
            # To empty a file that is there would be counted for some and not for others.
            wrote.unlink(missing_ok=True)
            ran = run(command, env=of, out=wrote if piped else None)
            self.ran[name].append(ran)
            self._check(name, lines_in(wrote))
            return ran.wall

        return measure

    def peaks(self, name: str, rounds: int) -> list[float]:
        """The highest memory of each round that counts, in MiB."""
        return [ran.peak for ran in self.ran[name][-rounds:]]

    def as_many(self, one: str, other: str) -> None:
        """Two sides that go by one mapping. Raises CommandFailed where one of them left something out."""
        if {one, other} <= self.lines.keys() and self.lines[one] != self.lines[other]:
            raise CommandFailed(f"{one} wrote {self.lines[one]} triples, and {other} {self.lines[other]}")

    def _check(self, name: str, lines: int) -> None:
        if lines == 0 or self.lines.setdefault(name, lines) != lines:
            raise CommandFailed(f"{name} wrote {lines} lines, where it was to write {self.lines.get(name)}")


def lines_in(file: Path) -> int:
    """How many; of N-Quads and N-Triples that is how many triples."""
    count = 0
    with file.open("rb") as data:
        while chunk := data.read(CHUNK):
            count += chunk.count(b"\n")
    return count


def ours(form: str, *more: object) -> list[object]:
    """The current set, in a form."""
    return [CLAIMBASE, "export", "rdf", "--format", form, *more]


def rdflib(runs: Runs, data: Path, room: Path) -> Measure:
    """In our own environment, since it reads our ORM's classes."""
    out = room / "rdflib.nt"
    return runs.side("rdflib", [sys.executable, "-m", "bench.export.with_rdflib", out], out, of=env(data))


def morph_kgc(runs: Runs, data: Path, room: Path, *, quads: bool) -> Measure:
    """With its own defaults, which use all processors; `quads` is the dearer way of writing the same facts."""
    form, name = ("N-QUADS", "morph-kgc, typed quads") if quads else ("N-TRIPLES", "morph-kgc")
    mapping, settings = room / f"{form}.yml", room / f"{form}.ini"
    out = room / ("morph-kgc.nq" if quads else "morph-kgc.nt")
    yarrrml(mapping, quads=quads)
    database = f"sqlite:///{(data / 'claimbase.db').absolute()}"
    written = f"output_file: {out}\noutput_format: {form}"
    settings.write_text(f"[CONFIGURATION]\n{written}\n\n[desk]\nmappings: {mapping}\ndb_url: {database}\n", "utf-8")
    return runs.side(name, [peer("morph-kgc") / "python", "-m", "morph_kgc", settings], out)
