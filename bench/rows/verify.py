"""What the proof of a knowledge base costs: a thousand editions with their pages, and its memory."""

from collections.abc import Iterator
from pathlib import Path

from bench.corpora import CLAIMBASE, corpus, env
from bench.job import Bench
from bench.rounds import Ran, in_turn, run
from bench.row import Corpus, Figure, Row, Side

# Up to so many editions the whole proof is measured, beyond that the difference between two samples.
WHOLE = 2_500
FEW, MORE = 100, 400
EACH, FIXED = "a thousand editions", "start, and the chain of the log"
METHOD = (
    "The whole command `claimbase verify`: the chain, and of each edition document, digest, N-Quads read once more, "
    "snapshots, quotes, lists, search index and the page as its readers get it."
)
BY_SAMPLES = (
    f"`claimbase verify --sample {MORE}` less `--sample {FEW}`: whole commands in turn, of which each reads the whole "
    "chain, and document, N-Quads, lists and page of so many editions drawn by chance."
)


def rows(bench: Bench) -> Iterator[Row]:
    """A row for each corpus."""
    for profile, sizes in (("light", bench.light), ("seed", bench.seed[:2])):
        for claims in sizes:
            folder, measures = corpus(profile, claims)
            yield of_corpus(bench, folder, measures)


def of_corpus(bench: Bench, folder: Path, measures: Corpus) -> Row:
    ran: list[Ran] = []
    is_whole = measures.editions <= WHOLE

    def proof(*more: object) -> float:
        ran.append(run([CLAIMBASE, "verify", *more], env=env(folder)))
        return ran[-1].wall

    def whole() -> float:
        return proof() / measures.editions * 1000

    def between() -> float:
        return (proof("--sample", MORE) - proof("--sample", FEW)) / (MORE - FEW) * 1000

    sides = {EACH: whole if is_whole else between, FIXED: lambda: proof("--sample", 1)}
    values = in_turn(sides, bench.rounds, warm=0)
    return Row(
        key=f"verify-{measures.profile}-{measures.claims}",
        title=f"Proof, {measures.claims:,} {measures.profile} claims",
        method=METHOD if is_whole else BY_SAMPLES,
        sides=[
            Side(EACH, "claimbase verify", "s", values[EACH]),
            Side(FIXED, "claimbase verify --sample 1", "s", values[FIXED]),
        ],
        figures=[Figure("peak memory", max(one.peak for one in ran), "MiB")],
        corpus=measures,
        measure=f"verify: a thousand editions, {measures.profile}",
        grows=EACH,
        guarded=is_whole and measures.profile == "light",
    )
