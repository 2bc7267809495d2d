"""Commands that look after a knowledge base: verify, rebuild, back up, recover, doctor."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.bring import Json
from app.cli.say import progress, put_json, words


def verify(
    ref: Annotated[str | None, typer.Argument(help="One record; all where none is given.")] = None,
    sample: Annotated[int | None, typer.Option(help="Only so many editions, spread over the log.")] = None,
    shapes: Annotated[
        int, typer.Option(min=0, help="Hold so many editions, drawn by chance, against the published shapes.")
    ] = 0,
    rdf: Annotated[bool, typer.Option("--rdf", help="Read every document a third time, with rdflib.")] = False,
    json: Json = False,
) -> int:
    """Prove that documents, log, RDF, snapshots, lists and pages say the same."""
    from app.cli.starting import all_stays

    with all_stays():
        from app.cli.knowledge import knowledge_base, looking, reading_engine
        from app.main import create_app
        from app.verify.pages import open_pages
        from kb.publish.approvals import unapproved
        from kb.publish.reference import resolve
        from kb.verify.whole import verify as verify_all

    with knowledge_base() as knowledge, progress("Verifying") as advance:
        record = None
        if ref:
            with looking(knowledge.settings) as session:
                record = resolve(session, ref).record
        # Read-only: a long proof on the writing engine would keep every writer waiting.
        with (
            reading_engine(knowledge.settings) as engine,
            open_pages(create_app(knowledge.settings, public_only=True)) as pages,
        ):
            verdict = verify_all(
                engine,
                knowledge.blobs,
                sample=sample,
                rdf=rdf,
                ref=record,
                progress=advance,
                witnesses=(unapproved,),
                pages=pages,
            )
            if rdf and sample is None and record is None:
                from app.cli.anew import look_at_index

                look_at_index(knowledge, engine, verdict)
            if shapes:
                # It brings pyshacl, which is slow to load; most proofs go without it.
                from kb.verify.shapes import check_shapes

                check_shapes(engine, verdict, shapes, record, advance)
    if json:
        put_json(verdict.as_json())
    else:
        print(verdict.in_words())
    return 0 if verdict.ok else 1


def rebuild(
    name: Annotated[str | None, typer.Argument(help="catalogue, triples or dumps; all where none is given.")] = None,
) -> None:
    """Throw lists, indexes and dumps away and make them again from the log."""
    from app.cli.anew import chosen
    from app.cli.knowledge import knowledge_base

    with knowledge_base() as knowledge:
        for one, make in chosen(name).items():
            with progress(f"Making {one}") as advance:
                told = make(knowledge, advance)
            words(f"{one}: {told}")


def backup(directory: Annotated[Path, typer.Argument(help="A folder that does not exist yet, or is empty.")]) -> None:
    """Copy the whole knowledge base, while it is written to, and verify the copy."""
    from app.cli.knowledge import knowledge_base
    from kb.verify.backup import backup as make

    with knowledge_base() as knowledge, progress("Backing up") as advance:
        manifest = make(knowledge.settings, knowledge.engine, directory, advance)
    words(f"Backed up to {directory}: {manifest.in_words()}")


def recover(directory: Annotated[Path, typer.Argument(help="A folder that `backup` made.")]) -> None:
    """Bring a backup back into an empty place, and verify it."""
    from app.cli.knowledge import settings_in_force
    from kb.verify.recover import recover as bring_back

    settings = settings_in_force()
    with progress("Recovering") as advance:
        manifest = bring_back(settings, directory, advance)
    words(f"Recovered into {settings.data}: {manifest.in_words()}")


def doctor(json: Json = False) -> int:
    """Look at settings, database and projections, and say what to do where something is wrong."""
    from app.cli.health import examine

    findings = examine()
    if json:
        put_json([finding.as_json() for finding in findings])
    else:
        for finding in findings:
            print(f"{'ok  ' if finding.ok else 'BAD '} {finding.what}: {finding.found} {finding.remedy}".rstrip())
    return 0 if all(finding.ok for finding in findings) else 1
