"""RDF export, whole command against whole command: morph-kgc, an rdflib graph, and a copy of the same bytes."""

import tempfile
from collections.abc import Collection, Iterator
from importlib.metadata import version
from pathlib import Path
from statistics import median

from bench.corpora import ROOM, corpus, env
from bench.export.sides import Runs, morph_kgc, ours, rdflib
from bench.job import Bench
from bench.peers import peer_version
from bench.report import shown, slope
from bench.rounds import in_turn
from bench.row import Corpus, Figure, Ratio, Row, Side

# Claims of a seed-shaped corpus bring some ten times as many triples.
WEIGHT = {"light": 1, "seed": 10}
# In light claims: rdflib takes too long beyond, typed quads are for comparison, morph-kgc stands at both ends.
RDFLIB_AT_MOST, QUADS_AT_MOST, MORPH_AT = 10_000, 1_000, (1_000, 100_000)
OURS = "claimbase export rdf --format nq"
AIMED_FROM = 100_000
MAPPING = (
    "The peers go by one direct mapping: each filled column of each table of the desk is a triple, without joins;"
    " both write N-Triples without types. Typed quads are morph-kgc’s N-Quads with datatypes and the graph of the row"
    " that each belongs to, which is what our output has, and costs it more."
)


def rows(bench: Bench) -> Iterator[Row]:
    """At each size of both profiles: against others, against a copy, Turtle, and memory."""
    before: dict[str, list[tuple[int, float]]] = {"light": [], "seed": []}
    for profile, sizes in (("light", bench.light), ("seed", bench.seed)):
        for claims in sizes:
            folder, measures = corpus(profile, claims)
            with tempfile.TemporaryDirectory(dir=ROOM) as made:
                at = _At(bench, folder.absolute(), measures, Path(made).absolute())
                yield at.others(before[profile])
                yield at.copy()
                if not bench.guard:
                    if profile == "light":
                        yield at.turtle()
                    yield at.memory()


class _At:
    """The rows of one corpus."""

    def __init__(self, bench: Bench, data: Path, of: Corpus, room: Path) -> None:
        self.bench, self.data, self.of, self.room = bench, data, of, room
        self.runs = Runs()
        self.env = env(data)
        self.key = f"{of.profile}-{of.claims}"
        self.over = f"{of.claims:,} {of.profile} claims"
        self.size = of.claims * WEIGHT[of.profile]
        # At large sizes one export beforehand fills the page cache, and minutes of a peer's are saved.
        self.warm = 0 if self.size >= AIMED_FROM else 1

    def others(self, before: list[tuple[int, float]]) -> Row:
        """`before`: claims and seconds of rdflib at smaller sizes."""
        nquads = self.room / "ours.nq"
        sides = {OURS: self.runs.side(OURS, ours("nq"), nquads, piped=True, of=self.env)}
        if self.size in MORPH_AT and not self.bench.guard:
            sides["morph-kgc"] = morph_kgc(self.runs, self.data, self.room, quads=False)
        if self.size <= QUADS_AT_MOST and not self.bench.guard:
            sides["morph-kgc, typed quads"] = morph_kgc(self.runs, self.data, self.room, quads=True)
        if self.of.profile == "light" and self.size <= RDFLIB_AT_MOST:
            sides["rdflib"] = rdflib(self.runs, self.data, self.room)
        if not self.warm:
            sides[OURS]()
        values = in_turn(sides, self.bench.rounds, warm=self.warm)
        self.runs.as_many("morph-kgc", "rdflib")
        self.runs.as_many("morph-kgc", "morph-kgc, typed quads")
        if "rdflib" in values:
            before.append((self.of.claims, median(values["rdflib"])))
        each = {name: [10**6 * one / self.runs.lines[name] for one in values[name]] for name in sides}
        return Row(
            key=f"export-nq-{self.key}",
            title=f"Export of N-Quads, {self.over}",
            method=f"Whole commands by the clock, page cache warm. {MAPPING}",
            sides=[
                *(Side(name, name, "s", values[name]) for name in sides),
                *(Side(f"{name}, a triple", name, "µs", each[name]) for name in sides),
            ],
            ratios=self._ratios({name: median(each[name]) for name in sides if name != OURS}),
            figures=[Figure(f"triples written by {name}", self.runs.lines[name], "") for name in sides],
            corpus=self.of,
            measure=f"export: N-Quads, {self.of.profile}",
            grows=OURS,
            guarded=self.bench.light[:1] == [self.of.claims] and self.of.profile == "light",
            remarks=[*self._left_out(sides), *_extrapolated(before, self.of.claims)],
            versions={"morph-kgc": peer_version("morph-kgc", "morph-kgc"), "rdflib": version("rdflib")},
        )

    def copy(self) -> Row:
        """What was exported is copied: into the page cache as a pipe goes, and onto the disk as `--out` does."""
        source, copy, out = (self.room / name for name in ("ours.nq", "copy.nq", "out.nq"))
        copying = ["cp", "--reflink=never", source, copy]
        onto_the_disk = ["sh", "-c", 'cp --reflink=never "$0" "$1" && sync "$1"', source, copy]
        piped = self.room / "piped.nq"
        sides = {
            "> FILE": self.runs.side("> FILE", ours("nq"), piped, piped=True, of=self.env),
            "cp": self.runs.side("cp", copying, copy),
            "--out FILE": self.runs.side("--out FILE", ours("nq", "--out", out), out, of=self.env),
            "cp && sync": self.runs.side("cp && sync", onto_the_disk, copy),
        }
        values = in_turn(sides, self.bench.rounds, warm=self.warm)
        return Row(
            key=f"export-copy-{self.key}",
            title=f"Export of N-Quads and a copy of the same bytes, {self.over}",
            method="Whole commands by the clock, page cache warm: standard output into a file against `cp`; `--out`,"
            " which waits for the disk, against `cp` and `sync`. The export also hashes what it writes.",
            sides=[Side(name, name, "s", values[name]) for name in sides],
            ratios=[
                Ratio("to a copy", "> FILE", "cp", self._aim(4), "at most"),
                Ratio("to a copy, both on the disk", "--out FILE", "cp && sync", self._aim(4), "at most"),
            ],
            figures=[Figure("bytes", source.stat().st_size / 2**20, "MiB")],
            corpus=self.of,
            guarded=self.bench.light[:1] == [self.of.claims] and self.of.profile == "light",
        )

    def turtle(self) -> Row:
        out = self.room / "ours.ttl"
        name = "claimbase export rdf --format ttl"
        side = self.runs.side(name, ours("ttl"), out, piped=True, of=self.env)
        values = in_turn({name: side}, self.bench.rounds, warm=self.warm)
        return Row(
            key=f"export-ttl-{self.key}",
            title=f"Export of Turtle, {self.over}",
            method="Whole command by the clock; each edition is parsed and written anew.",
            sides=[Side(name, name, "s", values[name])],
            figures=[Figure("bytes", out.stat().st_size / 2**20, "MiB")],
            corpus=self.of,
            measure=f"export: Turtle, {self.of.profile}",
            grows=name,
        )

    def memory(self) -> Row:
        """Of the runs of the other rows."""
        names = sorted(name for name in self.runs.ran if not name.startswith(("cp", ">", "--")))
        return Row(
            key=f"export-memory-{self.key}",
            title=f"Memory of an export, {self.over}",
            method="The highest resident memory of the largest process, in the runs of the rows above; morph-kgc has"
            " twice as many processes as the machine has processors.",
            sides=[Side(name, name, "MiB", self.runs.peaks(name, self.bench.rounds)) for name in names],
            corpus=self.of,
            measure=f"export: memory of N-Quads, {self.of.profile}",
            grows=OURS,
        )

    def _ratios(self, peers: dict[str, float]) -> list[Ratio]:
        """The aim is set against the better peer."""
        best = min(peers, key=lambda name: peers[name], default="")
        return [
            Ratio(
                f"faster than {name}, per triple",
                f"{name}, a triple",
                f"{OURS}, a triple",
                self._aim(20) if name == best else None,
            )
            for name in peers
        ]

    def _aim(self, aim: float) -> float | None:
        """Aims are for large exports: in small ones it is the start of a program that is measured."""
        return aim if self.size >= AIMED_FROM else None

    def _left_out(self, sides: Collection[str]) -> list[str]:
        if "morph-kgc" in sides or self.bench.guard:
            return []
        return ["morph-kgc was run at the smallest and the largest size alone."]


def _extrapolated(before: list[tuple[int, float]], claims: int) -> list[str]:
    """What rdflib would take where it was not run, by how it grew before."""
    if len(before) < 2 or before[-1][0] >= claims:
        return []
    (size, seconds), exponent = before[-1], slope(before[-2:])
    there = shown(seconds * (claims / size) ** exponent, "s")
    was_not = f"rdflib was not run at this size: from {before[-2][0]:,} to {size:,} claims it grew with the exponent"
    return [
        f"{was_not} {exponent:.2f}, by which it would take {there} here. That is an extrapolation, not a measurement."
    ]
