"""Measure: `python -m bench` for every row, `python -m bench export pages` for some, `--check` for the guard."""

import argparse
import os
import sys
import traceback
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path

from bench import check, report
from bench.job import Bench
from bench.row import Row

# In this order: what needs a quiet machine most comes first.
ROWS = ("start", "publish", "export", "verify", "search", "pages", "sparql", "imports")


OF_A_MILLION = ("export", "pages", "search", "sparql")


def main(words: Sequence[str] | None = None) -> int:
    """0 where every row was measured; 1 where one was not, or fell."""
    asked = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    asked.add_argument("rows", nargs="*", metavar="ROW", help=", ".join(ROWS))
    asked.add_argument("--rounds", type=int, default=5, help="figures of each side (5)")
    asked.add_argument("--claims", type=int, default=100_000, help="the largest light corpus: 1000, 10000 or 100000")
    asked.add_argument("--into", type=Path, default=report.RAW, help="where the raw figures go")
    asked.add_argument("--check", action="store_true", help="measure guarded rows anew against the kept ones")
    asked.add_argument("--million", action="store_true", help="over 1,000,000 light claims alone; takes hours")
    asked.add_argument("--tables", action="store_true", help="only write the page's tables and plots anew")
    wanted = asked.parse_args(words)
    if unknown := set(wanted.rows) - set(ROWS):
        asked.error(f"there is no row {', '.join(sorted(unknown))}; there are {', '.join(ROWS)}")
    # Whoever set it for this shell has slower starts, and so would every side here: a user's modules are compiled once.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    bench = Bench(wanted.rounds, wanted.claims, guard=wanted.check, million=wanted.million)
    names = wanted.rows or (OF_A_MILLION if wanted.million else ROWS)
    if wanted.check:
        return check.compare(_measured(bench, names), report.kept(wanted.into))
    failed = [] if wanted.tables else _keep_all(bench, names, wanted.into)
    if wanted.into == report.RAW:
        report.write_tables()
        import_module("bench.plots").draw()
    for name in failed:
        print(f"Not measured: {name}", file=sys.stderr)
    return 1 if failed else 0


def _keep_all(bench: Bench, names: Iterable[str], into: Path) -> list[str]:
    """Each row is kept as soon as it was measured; what fails is told, and the others go on."""
    failed = []
    for name in names:
        print(f"{name} …", file=sys.stderr)
        try:
            for row in import_module(f"bench.rows.{name}").rows(bench):
                print(f"  {report.keep(row, f'python -m bench {name}', into)}", file=sys.stderr)
                _tell(row)
        except Exception:  # noqa: BLE001 - one row that fails must not lose the hours of the others
            traceback.print_exc()
            failed.append(name)
    return failed


def _measured(bench: Bench, names: Iterable[str]) -> Iterable[Row]:
    for name in names:
        yield from (row for row in import_module(f"bench.rows.{name}").rows(bench) if row.guarded)


def _tell(row: Row) -> None:
    for side in row.sides:
        print(f"    {side.name}: {report.shown(side.middle, side.unit)}", file=sys.stderr)
    for ratio in row.ratios:
        values = sorted(row.ratio_values(ratio))
        print(f"    {ratio.name}: {values[len(values) // 2]:.3g} ({values[0]:.3g}–{values[-1]:.3g})", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
