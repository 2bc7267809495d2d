"""Citations for BibTeX and biblatex: an entry of type misc, in UTF-8."""

from kb.formats.citation.work import Work

# BibTeX counts braces even behind a backslash, so a brace in a title has to become a command. The commands end in
# braces of their own: a blank after them is the title's.
ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "$": r"\$",
}
_TABLE = str.maketrans(ESCAPES)


def bibtex(work: Work) -> str:
    """An entry of several lines.

    Author and title stand in double braces: a desk is no person with a first name, and capitals stay. The date stands
    twice, for biblatex and for BibTeX; the address stands as it is, as all styles take it.
    """
    year, _, _ = work.date
    fields = {
        "author": f"{{{{{escaped(work.author)}}}}}",
        "title": f"{{{{{escaped(work.title)}}}}}",
        "date": f"{{{work.day}}}",
        "year": f"{{{year}}}",
        "month": work.month[:3].lower(),
        "url": f"{{{work.address}}}",
        "urldate": f"{{{work.day}}}",
        "note": f"{{{escaped(work.note)}}}",
    }
    lines = ",\n".join(f"  {name} = {value}" for name, value in fields.items())
    return f"@misc{{{work.key},\n{lines}\n}}"


def escaped(text: str) -> str:
    """The text as LaTeX that prints it; braces are balanced, whatever the text."""
    return text.translate(_TABLE)
