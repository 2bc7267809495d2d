"""Citations for Wikipedia: its template “cite web”, with everything escaped that wikitext would read as its own.

Numeric references are what the template's own documentation asks for in titles; they are read back by any HTML parser.
"""

import re

from kb.formats.citation.work import Work

# Links, templates, parameters, tags, bold and italics, signatures, switches such as __TOC__, and bare addresses, which
# would become links.
_SPECIAL = re.compile(r"[\[\]{}|=<>&~]|''+|__+|(?<=[A-Za-z]):(?=//)")


def wikipedia(work: Work) -> str:
    """On one line; the digest stands under `id`, since the template has no better place for it."""
    fields = {
        "author": escaped(work.author),
        "title": escaped(work.title),
        "url": work.address,
        "date": work.day,
        "access-date": work.day,
        "id": escaped(work.note),
    }
    return f"{{{{cite web {' '.join(f'|{name}={value}' for name, value in fields.items())}}}}}"


def escaped(text: str) -> str:
    """The text as wikitext that shows it, letter for letter."""
    return _SPECIAL.sub(lambda found: "".join(f"&#{ord(letter)};" for letter in found[0]), text)
