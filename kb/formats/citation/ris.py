"""Citations in RIS, the tagged lines that reference managers exchange."""

from kb.formats.citation.work import Work


def ris(work: Work) -> str:
    """One line a tag, from TY to ER; the format has no escapes, and every text of a work is one line already."""
    year, month, day = work.date
    date = f"{year}/{month:02}/{day:02}"
    tags = (
        ("TY", "ELEC"),
        ("ID", work.key),
        ("AU", work.author),
        ("TI", work.title),
        ("PY", str(year)),
        ("DA", date),
        ("Y2", date),
        ("ET", work.edition),
        ("UR", work.address),
        ("N1", work.note),
    )
    return "".join(f"{tag}  - {value}\n" for tag, value in tags) + "ER  - "
