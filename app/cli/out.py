"""Commands that write what is published to files."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.say import progress, words

FORMATS = ("nq", "jsonld")


def export_rdf(
    form: Annotated[str, typer.Option("--format", help="nq or jsonld (one document a line)")],
    which: Annotated[str, typer.Option("--set", help="current or all editions")] = "current",
    out: Annotated[Path | None, typer.Option(help="A file, whole or not at all, with its sha256 beside it.")] = None,
) -> None:
    """Write all that is published as RDF, in constant memory."""
    from app.cli.knowledge import knowledge_base
    from app.cli.streams import to_file, to_standard_output
    from kb.db import open_reading_engine, reading
    from kb.errors import CannotStart
    from kb.projections.dumps import dump

    if form not in FORMATS or which not in ("current", "all"):
        raise CannotStart(
            f"“{form[:20]}” of “{which[:20]}” cannot be exported.", remedy="Formats: nq, jsonld; sets: current, all."
        )
    with knowledge_base() as knowledge, progress("Exporting") as advance:
        engine = open_reading_engine(knowledge.settings)
        with reading(engine) as session:
            chunks = dump(session, form, which, advance)
            if out is None:
                to_standard_output(chunks)
            else:
                words(f"{out}: sha256 {to_file(out, chunks)}")
