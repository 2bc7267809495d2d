"""Commands about citations: cite, check-citation."""

import sys
from typing import Annotated

import typer

from app.cli.bring import Json
from app.cli.look import Ref
from app.cli.say import put_json, words


def cite(
    ref: Ref,
    form: Annotated[
        str, typer.Option("--format", help="text, apa, chicago, wikipedia, bibtex, ris or csl-json.")
    ] = "text",
    newest: Annotated[
        bool, typer.Option("--newest", help="Cite the record, always the newest version, and not this one.")
    ] = False,
) -> None:
    """Cite a version, with the digest that anyone can check; without a number, the latest."""
    from app.cli.knowledge import knowledge_base, looking
    from kb.errors import CannotStart, Missing
    from kb.formats.citation import FORMS
    from kb.formats.citation import cite as cite_document
    from kb.log.read import standing
    from kb.publish.overview import edition_of

    if form not in FORMS:
        raise CannotStart(f"“{form[:40]}” is not a form of citation.", remedy=f"Known: {', '.join(FORMS)}.")
    with knowledge_base() as knowledge, looking(knowledge.settings) as session:
        edition = edition_of(session, ref)
        if edition is None:
            what = "this is a draft; only what is published can be cited."
            raise Missing(what, where=ref, remedy="Publish it first.")
        state = standing(session, edition).state
    if newest and state in ("superseded", "corrected"):
        raise CannotStart(f"{ref} is not the newest version.", remedy="Leave the number out, or --newest.")
    withdrawn = state == "withdrawn"
    print(cite_document(edition.document, edition.digest, form, withdrawn=withdrawn, newest=newest))
    if newest:
        words("The address leads to the newest version: what stands there may change.")
    else:
        words("The address and the digest are of this version: they never change.")


def check_citation(
    text: Annotated[str, typer.Argument(help="A citation, an address or a digest; - reads standard input.")],
    json: Json = False,
) -> int:
    """Say whether a citation is genuine, whether it is still current, and what has changed since."""
    from app.cli.knowledge import knowledge_base, looking
    from kb.verify.checked import words_of
    from kb.verify.citation import LONGEST, check

    # One more than is read, so that what is too long is told from what just fits.
    given = sys.stdin.buffer.read(4 * LONGEST + 4).decode("utf-8", "replace") if text == "-" else text
    with knowledge_base() as knowledge, looking(knowledge.settings) as session:
        checked = check(session, given)
    if json:
        put_json(checked.as_json())
    else:
        print("\n\n".join("\n".join(words_of(one)) for one in checked.all))
        if checked.unread:
            words(f"{checked.unread} further citations were not looked up; give fewer at a time.")
    return 0 if checked.good else 1
