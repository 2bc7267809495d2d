"""Commands that bring in what others wrote: imports, and texts to check quotes against."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.cli.say import progress, put_json, words

Json = Annotated[bool, typer.Option("--json", help="Answer in JSON, on standard output.")]


def import_(
    path: Annotated[Path, typer.Argument(help="A folder with claims.json, evidence.json and assessments.json.")],
    form: Annotated[str, typer.Option("--format", help="The layout of what is brought in.")] = "seed",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and change nothing.")] = False,
    json: Json = False,
) -> int:
    """Bring a corpus in as drafts; again, and only what has changed is touched."""
    from app.cli.knowledge import knowledge_base
    from kb.errors import CannotStart
    from kb.imports import FORMATS, import_corpus

    if form not in FORMATS:
        raise CannotStart(
            f"“{form[:40]}” is not a format that can be imported.", remedy=f"Known: {', '.join(FORMATS)}."
        )
    with knowledge_base() as knowledge, progress("Importing") as advance:
        report = import_corpus(
            knowledge.engine,
            path,
            form=form,
            blobs=knowledge.blobs,
            method_version=knowledge.method,
            dry_run=dry_run,
            progress=advance,
        )
    if json:
        put_json(report.as_json())
    else:
        print(report.in_words())
    return 1 if report.refused else 0


def check_quotes(
    ref: Annotated[
        str | None, typer.Argument(help="A source or a claim; else whichever source the text is of.")
    ] = None,
    text: Annotated[Path | None, typer.Option(help="The text that was handed over; kept, and never shown.")] = None,
    json: Json = False,
) -> int:
    """Locate recorded quotes in a text: what is found exactly becomes verified."""
    from app.cli.knowledge import knowledge_base
    from kb.db import writing
    from kb.desk.actors import LOCAL_OPERATOR
    from kb.desk.quotes import check_quotes as check
    from kb.errors import CannotStart
    from kb.publish.reference import resolve

    try:
        handed = sys.stdin.buffer.read() if text and str(text) == "-" else text.read_bytes() if text else None
    except OSError as error:
        raise CannotStart(f"the text cannot be read: {error.strerror}", where=str(text)) from error
    with knowledge_base() as knowledge, writing(knowledge.engine) as session:
        subject = resolve(session, ref).record if ref else None
        found = check(session, LOCAL_OPERATOR, subject, handed, knowledge.blobs)
    if json:
        put_json(found.as_json())
    else:
        words(found.in_words())
    return 1 if found.misses else 0
