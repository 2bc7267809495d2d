"""What a browser calls itself, in words that whoever used it knows again."""

from collections.abc import Sequence

LONGEST = 60
# The first that is named: most browsers also give the names of those that came before them.
BROWSERS: Sequence[tuple[str, str]] = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS: Sequence[tuple[str, str]] = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "a Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def browser(client: str) -> str:
    """“Firefox on Windows”; what is none of the known is given as it calls itself."""
    name = _first(BROWSERS, client)
    system = _first(SYSTEMS, client)
    if name:
        return f"{name} on {system}" if system else name
    return client[:LONGEST] or "A program that gives no name"


def _first(known: Sequence[tuple[str, str]], client: str) -> str:
    return next((words for mark, words in known if mark in client), "")
