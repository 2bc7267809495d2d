"""Commands that begin, upgrade and serve a knowledge base."""

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.say import progress, words

if TYPE_CHECKING:
    from kb.settings import Settings

LOCAL = "http://localhost:8000/"


def address_of(settings: "Settings", base: str | None) -> str:
    """The base address to found under: as the option says, else as the settings do, else that of this machine."""
    from kb.errors import CannotStart

    address = base or settings.base or LOCAL
    if not (address.startswith(("http://", "https://")) and address.endswith("/")):
        remedy = "Write it as https://facts.example.org/, with the slash at the end."
        raise CannotStart(f"“{address[:80]}” is not a base address.", where="--base", remedy=remedy)
    if settings.base is not None and settings.base != address:
        raise CannotStart(f"CLAIMBASE_BASE is {settings.base}, and --base is {address}.", remedy="Give one of them.")
    return address


def say_if_local(settings: "Settings", base: str | None) -> None:
    """For whoever is about to begin; later nothing can be done about it."""
    if base is None and settings.base is None:
        words(f"The addresses begin with {LOCAL}: good for trying out. For addresses that last, give --base.")


def init(
    base: Annotated[str | None, typer.Option(help="The address for good, as https://facts.example.org/")] = None,
    empty: Annotated[bool, typer.Option("--empty", help="Begin a desk of your own.")] = False,
    sample: Annotated[bool, typer.Option("--sample", help="Begin with the sample, for trying out.")] = False,
) -> None:
    """Begin a knowledge base: fix its base address and publish its own pages."""
    from app.cli.knowledge import settings_in_force
    from kb.errors import CannotStart

    settings = settings_in_force()
    if empty and sample:
        raise CannotStart("--empty and --sample exclude each other.", remedy="Choose one.")
    address = address_of(settings, base)
    say_if_local(settings, base)
    with progress("Setting up") as advance:
        if sample:
            from app.cli.sample import build_sample

            words(build_sample(settings, address, advance).in_words())
        else:
            from app.cli.founding import found_empty

            found_empty(settings, address)
    words(f"{'The sample is' if sample else 'An empty knowledge base is'} ready in {settings.data}, under {address}")


def migrate() -> None:
    """Bring the database's schema up to this code."""
    from app.cli.knowledge import settings_in_force
    from kb.db import open_engine
    from kb.db.migrate import current, head, upgrade

    engine = open_engine(settings_in_force())
    try:
        before = current(engine)
        upgrade(engine)
    finally:
        engine.dispose()
    words(f"The schema is at {head()}" + ("; nothing was to do." if before == head() else f"; it was at {before}."))


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8000,
    public: Annotated[bool, typer.Option("--public", help="Readers' pages only, on a read-only database.")] = False,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that serve together; with --public.")] = 1,
) -> None:
    """Serve the pages and the data until Ctrl-C."""
    from app.cli.starting import all_stays

    with all_stays():
        from app.cli.knowledge import knowledge_base
        from app.cli.serving import free_or_refuse, serve_app, serve_readers
        from app.cli.welcome import first_admin
        from app.main import create_app
        from kb.errors import CannotStart

        if workers > 1 and not public:
            remedy = "Serve readers with --public --workers, and the desk by itself on another port."
            raise CannotStart("the desk is served by one process", where="--workers", remedy=remedy)
        free_or_refuse(host, port)
        shown = f"http://{'localhost' if host == '127.0.0.1' else host}:{port}/"
        with knowledge_base() as knowledge:
            settings, base = knowledge.settings, knowledge.base
            welcome = None if public else first_admin(knowledge, shown)
        app = create_app(settings, public_only=public, needs_lists=public, host=host)
    words(f"Claimbase is at {shown} (Ctrl-C stops it).")
    if base != shown:
        words(f"Its documents name themselves under {base}")
    if welcome:
        words(welcome)
    if workers == 1:
        serve_app(app, host, port)
        return
    # It was only made to see that it can be; each of the processes makes its own.
    app.state.door.engine.dispose()
    serve_readers(host, port, workers)
