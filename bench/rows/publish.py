"""Publishing, in one call and one by one, against plain inserts of the same rows; and where the time goes."""

from collections.abc import Iterator
from pathlib import Path

from bench.corpora import corpus
from bench.job import Bench
from bench.published import Undone, inserted, undone
from bench.rounds import Measure, in_turn
from bench.row import Corpus, Figure, Ratio, Row, Side
from bench.where_publishing_goes import where_publishing_goes

# So many records, the newest of the corpus, are published anew.
RECORDS = 300
BATCH, EACH = "published in one call", "published one by one"
PLAIN, PLAIN_EACH = "plain inserts, as many transactions as the call", "plain inserts, one by one"
METHOD = (
    "By the edition: {number} records of which all drafts are there, the newest of the corpus, through "
    "`kb.publish.publish`, in a copy of the database whose log ends before them. Plain inserts write the same rows of "
    "`edition` and `history`, made beforehand, by SQLAlchemy's ORM into empty tables, in as many transactions. SQLite."
)
PARTS = "CPU, over a corpus published as a whole by `python -m bench.where_publishing_goes`"


def rows(bench: Bench) -> Iterator[Row]:
    """A row for each light corpus, and the smallest of the real shape."""
    for profile, sizes in (("light", bench.light), ("seed", bench.seed[:1])):
        for claims in sizes:
            yield of_corpus(bench, *corpus(profile, claims))


def of_corpus(bench: Bench, folder: Path, measures: Corpus) -> Row:
    number = min(RECORDS, measures.claims)
    with undone(folder, number) as once:
        once.publish_all()
        transactions, rows, history = once.transactions, once.rows, once.history

    def anew(way: str) -> Measure:
        def publishing() -> float:
            with undone(folder, number) as place:
                return _ways(place)[way]() / number * 1000

        return publishing

    sides: dict[str, Measure] = {
        BATCH: anew(BATCH),
        PLAIN: lambda: inserted(rows, history, transactions) / number * 1000,
        EACH: anew(EACH),
        PLAIN_EACH: lambda: inserted(rows, history, number) / number * 1000,
    }
    values = in_turn(sides, bench.rounds, warm=0)
    batch = sorted(values[BATCH])[len(values[BATCH]) // 2]
    return Row(
        key=f"publish-{measures.profile}-{measures.claims}",
        title=f"Publishing, {measures.claims:,} {measures.profile} claims",
        method=METHOD.format(number=number),
        sides=[Side(name, "python -m bench publish", "ms", values[name]) for name in sides],
        ratios=[
            Ratio("publishing in one call to plain inserts", BATCH, PLAIN, None, "at most"),
            Ratio("publishing one by one to plain inserts", EACH, PLAIN_EACH, None, "at most"),
        ],
        figures=[
            Figure("editions a second in one call", 1000 / batch, ""),
            Figure("transactions of the call", transactions, ""),
            *where_it_goes(folder),
        ],
        corpus=measures,
        measure=f"publish: an edition in one call, {measures.profile}",
        grows=BATCH,
        guarded=measures.profile == "light",
        remarks=[f"Where the time goes: {PARTS}."],
    )


def _ways(place: Undone) -> dict[str, Measure]:
    return {BATCH: place.publish_all, EACH: place.publish_each}


def where_it_goes(folder: Path) -> list[Figure]:
    """CPU milliseconds an edition, by part."""
    found = where_publishing_goes(folder.absolute(), RECORDS)
    parts = [*found["ms"].items(), ("catalogue", found["catalogue"])]
    return [Figure(f"where it goes: {name}", value, "ms") for name, value in parts]
