"""The four tables, in the order in which people read them."""

from kb.formats.tables.claims import CLAIMS
from kb.formats.tables.column import Table
from kb.formats.tables.evidence import EVIDENCE
from kb.formats.tables.figures import FIGURES
from kb.formats.tables.sources import SOURCES

# Which tables a record of each kind has rows in; records of the other kinds are named in these.
OF_KIND: dict[str, tuple[Table, ...]] = {"claim": (CLAIMS, FIGURES, EVIDENCE), "source": (SOURCES,)}
TABLES = (CLAIMS, FIGURES, EVIDENCE, SOURCES)
