"""The commands, put together, and what their errors turn into."""

import sys

import typer

from app.cli import bring, care, citing, edit, generate, lint, look, out, setup, users
from kb.errors import CannotStart, Problem

# As shells have it: ended by the signal of Ctrl-C.
STOPPED = 130
app = typer.Typer(
    name="claimbase",
    help="A knowledge base of claims: each with its source, its exact words, and a page that can be cited for good.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
user = typer.Typer(help="Add, reset and disable accounts of the desk.", no_args_is_help=True, rich_markup_mode=None)
export = typer.Typer(help="Write everything published to files.", no_args_is_help=True, rich_markup_mode=None)

app.command("init")(setup.init)
app.command("generate")(generate.generate)
app.command("migrate")(setup.migrate)
app.command("serve")(setup.serve)
app.command("import")(bring.import_)
app.command("check-quotes")(bring.check_quotes)
app.command("list")(look.list_)
app.command("show")(look.show)
app.command("cite")(citing.cite)
app.command("check-citation")(citing.check_citation)
app.command("lint")(lint.lint)
app.command("gate")(edit.gate)
app.command("publish")(edit.publish)
app.command("withdraw")(edit.withdraw)
app.command("restore")(edit.restore)
app.command("verify")(care.verify)
app.command("rebuild")(care.rebuild)
app.command("backup")(care.backup)
app.command("recover")(care.recover)
app.command("doctor")(care.doctor)
user.command("add")(users.add)
user.command("reset")(users.reset)
user.command("disable")(users.disable)
app.add_typer(user, name="user")
export.command("rdf")(out.export_rdf)
export.command("csv")(out.export_csv)
app.add_typer(export, name="export")


def run() -> int:
    """Run one command. Errors that explain themselves are printed in one line, on standard error."""
    try:
        code = app(standalone_mode=False)
    except typer.TyperException as usage:
        # Its bare words do not say which option or argument they are about.
        print(f"claimbase: {usage.format_message()}", file=sys.stderr)
        return 2
    except CannotStart as problem:
        print(f"claimbase: {problem}", file=sys.stderr)
        return 2
    except Problem as problem:
        print(f"claimbase: {problem}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever read our output has gone, as `head` does; closing standard output keeps Python from complaining.
        sys.stderr.close()
        return 1
    except (KeyboardInterrupt, typer.Abort):
        code = STOPPED
    if code == STOPPED:
        # Typer makes this of Ctrl-C by itself, and says nothing.
        print("claimbase: stopped. Nothing is half-done; run the command again to go on.", file=sys.stderr)
    return code if isinstance(code, int) else 0
