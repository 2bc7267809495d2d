"""Commands that look: list, show."""

from typing import Annotated

import typer

from app.cli.bring import Json
from app.cli.say import put_json

KINDS = {f"{kind}s": kind for kind in ("claim", "source", "agent", "origin", "topic", "page")}
Ref = Annotated[str, typer.Argument(help="An id, id/v2, a slug, or an external id such as seed:C04.")]


def list_(
    kind: Annotated[str, typer.Argument(help="claims, sources, agents, origins, topics or pages")], json: Json = False
) -> None:
    """List the records of a kind, drafts included."""
    from app.cli.knowledge import knowledge_base, looking
    from kb.errors import CannotStart
    from kb.publish.listing import list_records

    if kind not in KINDS:
        raise CannotStart(f"“{kind[:40]}” is not a kind of record.", remedy=f"Known: {', '.join(KINDS)}.")
    with knowledge_base() as knowledge, looking(knowledge.settings) as session:
        rows = list_records(session, KINDS[kind])
    if json:
        put_json([row.as_json() for row in rows])
    else:
        for row in rows:
            print(f"{row.id}  {f'v{row.version}' if row.version else 'draft':6} {row.label}")


def show(
    ref: Ref,
    version: Annotated[int | None, typer.Option(help="A version; the latest where none is given.")] = None,
    field: Annotated[str | None, typer.Option(help="Only this field, as plain text.")] = None,
    json: Json = False,
) -> None:
    """Show a record: its latest version, or the draft where nothing is published."""
    from app.cli.knowledge import knowledge_base, looking
    from kb.publish.overview import overview

    with knowledge_base() as knowledge, looking(knowledge.settings) as session:
        seen = overview(session, knowledge.base, ref, version)
    if field is not None:
        print(seen.field(field))
    elif json:
        put_json(seen.as_json())
    else:
        print(seen.in_words())
