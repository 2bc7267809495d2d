"""The command line: `claimbase`. Exit 0 done, 1 done with findings or refusals, 2 usage or cannot start."""

import sys

from app import __version__


def main() -> None:
    """Run the command line; only what a command needs is imported, so that `--help` answers at once."""
    if sys.argv[1:] == ["--version"]:
        print("claimbase", __version__)
        return
    from app.cli.commands import run

    sys.exit(run())
