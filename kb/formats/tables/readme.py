"""What people read first: how to open the tables, what must not be torn from them, and what each column holds."""

from collections.abc import Iterator

from kb.formats.tables.column import Table
from kb.formats.tables.package import DESCRIPTOR, SUMS, Package, kind_in_words
from kb.values.vocabulary import ClosedList

_READING = """\
## Before you use them

- **A row tells what somebody says; it does not say so itself.** `statement` names who makes the claim, `chain` through
  whom it reached us. Keep them together with the words that are claimed.
- **Show `replies` wherever you show the claim.** They are what those concerned say to it.
- `verdict` is our judgement, `confidence` how sure we are of it, `certainty` how sure it is that the claim was made by
  whom we name, and `source_grade` how good a source is for one use. They are four things: do not average them.
- Count origins, not rows: ten copies of one report are ten rows of evidence and one origin. `origins` of a claim
  says how many there are, `origin` of a piece of evidence which one it is.
- Only current editions are here, and no drafts. A claim that was withdrawn keeps its row, with `standing` “withdrawn”,
  its replies, and without a verdict; do not repeat it without saying so.
- Cite `version_address`: it never changes. `digest` is what `sha256sum` says of the same address with `.jsonld`.
- A text is given in English where there is one, else in the first of its languages. All languages, older versions
  and whatever no table has room for are in the JSON-LD of each version.

## How the files are written

Comma-separated (RFC 4180), lines ended by CR LF, UTF-8 without a byte order mark. An empty cell means that nothing is
said; zero and `false` are written. Texts may hold commas, quotation marks and line ends. Cells with several addresses
part them by a space; cells with several names part them by “; ”, for reading.

**The apostrophe.** A cell of text that a spreadsheet would compute, such as `=1+1`, has an apostrophe before it, and so
has text that began like that with an apostrophe already. To get the text back, take away one `'` at the beginning where
only apostrophes, blanks and characters that do not show stand between it and one of `= + - @`, a tab, a line end, NUL
or `＝ ＋ － ＠`. Numbers never have one.

**In a spreadsheet** use *Data › From Text/CSV* (Excel) or the dialogue that opens by itself (LibreOffice), with UTF-8
and the comma, and take addresses, ids and dates as text: an id such as `1234e5678` looks like a number. Spreadsheets
keep fifteen digits of a number. Do not open the files by a double click where your system parts cells by semicolons.

**In Python**

```python
import csv

with open("claims.csv", encoding="utf-8", newline="") as file:
    for claim in csv.DictReader(file):
        print(claim["replies"], claim["verdict"], claim["statement"], claim["version_address"])
```

Columns ending in `_address` lead to the row with that `address`: figures and evidence to `claims.csv` by
`claim_address`, evidence to `sources.csv` by `source_address`, a figure to its evidence by `evidence_address`. Agents,
origins and topics have pages and no table.

`sha256sum -c SHA256SUMS` tells whether the files are whole.
"""


def readme(package: Package) -> bytes:
    """`README.md`."""
    return ("\n".join(_parts(package)) + "\n").encode()


def rights(package: Package) -> bytes:
    """`LICENSE.txt`: what may be done with the tables."""
    columns = "\n".join(
        f"  {file.table.file}: {', '.join(column.name for column in file.table.columns if column.quoted)}"
        for file in package.files
        if any(column.quoted for column in file.table.columns)
    )
    return f"""\
{package.title}
{package.base}, {package.state}

Our own words in these tables may be used under
{package.licence}

That licence is for our own words only. Quotations keep their own rights. They stand in

{columns}

and, within our own words, in the names, verbs and replies that are given as somebody said them.

Whoever uses a row names {package.publisher} and the row's version_address, and shows the replies with the claim.
""".encode()


def _parts(package: Package) -> Iterator[str]:
    yield f"# {package.title}\n"
    yield f"From <{package.base}>, {package.state}.\n"
    yield "| file | rows | what is in it |\n|---|---|---|"
    for file in package.files:
        yield f"| [{file.table.file}]({file.table.file}) | {file.rows} | {file.table.holds} |"
    yield f"| [{DESCRIPTOR}]({DESCRIPTOR}) | | What this page says of columns, for machines (Data Package 2). |"
    yield f"| [{SUMS}]({SUMS}) | | SHA-256 of each file. |\n"
    yield _READING
    yield f"## Rights\n\nOur own words: <{package.licence}>. Quotations keep their own rights: see LICENSE.txt."
    for file in package.files:
        yield from _table(file.table)
    yield "\n## Words\n\nThe lists are closed: no cell holds another word."
    for closed in _lists(package):
        yield f"\n### {closed.title}\n"
        yield from (f"- `{one.word}`: {one.label}. {one.definition}".rstrip() for one in closed.terms)


def _table(table: Table) -> Iterator[str]:
    yield f"\n## {table.title}: {table.file}\n\n{table.holds}\n"
    yield "“Always” says that no cell of the column is empty.\n"
    yield "| column | what it holds | kind | always | example |\n|---|---|---|---|---|"
    for column in table.columns:
        always = "yes" if column.required else ""
        yield f"| `{column.name}` | {column.holds} | {kind_in_words(column)} | {always} | {_code(column.example)} |"


def _code(example: str) -> str:
    return f"`{example.replace('|', chr(92) + '|')}`"


def _lists(package: Package) -> list[ClosedList]:
    """Each list that a column has words of, once."""
    columns = [column for file in package.files for column in file.table.columns]
    return list({column.words.name: column.words for column in columns if column.words}.values())
