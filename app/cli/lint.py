"""The command that lints ClaimReview: of any site, from files, without a knowledge base or a network."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.cli.bring import Json
from app.cli.say import progress, put_json


def lint(
    path: Annotated[Path, typer.Argument(help="A page, a file of JSON-LD, a folder of them, or - for standard input.")],
    json: Json = False,
) -> int:
    """Name each fault of a ClaimReview, anyone's, with its line and what to do about it."""
    from kb.errors import CannotStart, Refused
    from kb.lint.files import files_of, read_file, read_stream, shown_name
    from kb.lint.one import lint_bytes
    from kb.lint.together import Seen
    from kb.lint.whole import Run

    run, seen = Run(), Seen()
    if str(path) == "-":
        if sys.stdin is None:
            raise CannotStart(
                "There is no standard input.", where="-", remedy="Name a file, or send one through a pipe."
            )
        try:
            run.take(lint_bytes("-", read_stream(sys.stdin.buffer, "-"), seen))
        except Refused as refused:
            raise CannotStart(refused.what, where=refused.where, remedy=refused.remedy) from refused
    else:
        files = files_of(path, run.unread.append)
        if not files and not run.unread:
            known = "Pages end in .html, JSON-LD in .json or .jsonld."
            raise CannotStart("No file in this folder is a page or JSON.", where=shown_name(path), remedy=known)
        alone = files == [path]
        with progress("Linting") as advance:
            for done, file in enumerate(files, 1):
                try:
                    run.take(lint_bytes(shown_name(file), read_file(file), seen, expected=alone))
                except Refused as refused:
                    if alone:
                        raise CannotStart(refused.what, where=refused.where, remedy=refused.remedy) from refused
                    run.refuse(refused)
                advance(done, len(files))
    if json:
        put_json(run.as_json())
    else:
        print("\n".join(run.lines()))
    return 0 if run.ok else 1
