"""Commands that write what is published to files."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.say import progress, words

FORMATS = ("nq", "nt", "ttl", "trig", "rdf", "jsonld")
# Without named graphs two versions of one record would run into each other.
CURRENT_ONLY = frozenset({"nt", "ttl", "rdf"})
SETS = ("current", "all")


def export_rdf(
    form: Annotated[str, typer.Option("--format", help="nq, nt, ttl, trig, rdf, or jsonld (one document a line)")],
    which: Annotated[str, typer.Option("--set", help="current or all editions")] = "current",
    out: Annotated[Path | None, typer.Option(help="A file, whole or not at all, with its sha256 beside it.")] = None,
) -> None:
    """Write all that is published as RDF, in constant memory."""
    from app.cli.knowledge import knowledge_base, looking
    from app.cli.streams import to_file, to_standard_output
    from kb.errors import CannotStart
    from kb.projections.dumps.stream import dump

    if form not in FORMATS or which not in SETS:
        known = f"Formats: {', '.join(FORMATS)}; sets: {', '.join(SETS)}."
        raise CannotStart(f"“{form[:20]}” of “{which[:20]}” cannot be exported.", remedy=known)
    if form in CURRENT_ONLY and which == "all":
        what = f"{form} has no named graphs, so it cannot hold all versions."
        raise CannotStart(what, remedy="Use nq, trig or jsonld, or --set current.")
    with knowledge_base() as knowledge, progress("Exporting") as advance, looking(knowledge.settings) as session:
        chunks = dump(session, form, which, lambda done, last: advance(done + 1, last + 1))
        sha256 = to_standard_output(chunks) if out is None else to_file(out, chunks)
    words(f"{out or 'standard output'}: sha256 {sha256}")


def export_csv(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is empty, new, or an earlier export.")],
) -> None:
    """Write claims, figures, evidence and sources as tables that are safe to open in a spreadsheet."""
    from app.cli.folders import to_folder
    from app.cli.knowledge import knowledge_base, looking
    from kb.formats.tables.package import SUMS, Package
    from kb.projections.dumps.tables import FILES, write_tables

    made: list[Package] = []
    with knowledge_base() as knowledge, progress("Exporting") as advance, looking(knowledge.settings) as session:

        def write(place: Path) -> None:
            made.append(write_tables(session, place, lambda done, last: advance(done + 1, last + 1)))

        to_folder(folder, FILES, SUMS, write)
    rows = ", ".join(f"{file.rows} {file.table.name}" for file in made[0].files)
    words(f"{folder}: {rows}, at log entry {made[0].seq}")
