"""The command that generates a corpus, for measuring and for trying out at scale."""

from typing import Annotated

import typer

from app.cli.say import progress, words
from app.cli.setup import address_of

Claims = Annotated[int, typer.Option(min=1, help="How many claims there are to be in all.")]


def generate(
    claims: Claims,
    seed: Annotated[int, typer.Option(min=0, help="Any number; the same one gives the same corpus.")],
    profile: Annotated[str, typer.Option(help="light: short claims; seed: in the shapes of a real corpus.")] = "light",
    base: Annotated[str | None, typer.Option(help="The address for good, as https://facts.example.org/")] = None,
) -> None:
    """Make a knowledge base of invented claims, or go on with one; the same arguments make the same one."""
    from app.cli.generating import Generation, found_generated
    from app.cli.knowledge import knowledge_base, settings_in_force
    from kb.errors import CannotStart
    from kb.imports.generated.profiles import PROFILES
    from kb.imports.generated.world import World

    if profile not in PROFILES:
        what = f"“{profile[:40]}” is not a profile."
        raise CannotStart(what, where="--profile", remedy=f"Choose from: {', '.join(PROFILES)}.")
    settings, world = settings_in_force(), World(seed, PROFILES[profile])
    address = found_generated(settings, address_of(settings, base), world, given=base is not None)
    with knowledge_base() as knowledge, progress("Generating") as advance:
        done = Generation(knowledge, world, claims, advance).run()
    words(f"{done.in_words()} In {settings.data}, under {address}")
