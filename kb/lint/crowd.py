"""Names that are no name of one person: “various sources”, “several websites”, a ministry."""

import re

# In six languages, as the first or the last word of a name.
_MANY = re.compile(
    "various|multiple|several|many|numerous|different|unknown|anonymous|varias|varios|múltiples|multiples|diversas|"
    "diversos|distintas|distintos|plusieurs|divers|diverses|différents|mehrere|verschiedene|diverse|zahlreiche|vários|"
    "várias|diversi|vari|varie"
)
_BODIES = re.compile(
    "ministry|ministries|government|parliament|commission|committee|department|agency|university|ministère|"
    "gouvernement|ministerio|gobierno|ministerium|regierung|ministério|governo|ministero"
)
_READ = 200


def is_crowd(name: str, person: bool) -> bool:
    """Whether the name is of many or of nobody; of somebody typed as a person, also whether it is of a body."""
    words = re.findall(r"\w+", name.lower()[:_READ])
    if len(words) < 2:
        return False
    many = _MANY.fullmatch(words[0]) or _MANY.fullmatch(words[-1])
    return bool(many) or (person and any(_BODIES.fullmatch(word) for word in words))
