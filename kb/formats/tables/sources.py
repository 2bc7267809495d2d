"""sources.csv: one row for each source, with publisher, date, what it copies and what of it is held."""

from collections.abc import Iterable

from kb.formats.tables.column import Column, Table
from kb.formats.tables.row import Cell, Row, address, addresses_of, count, joined, language, names, text, value
from kb.formats.tables.shared import HERE, LAST, first
from kb.values import vocabulary


def _newest(key: str) -> Cell:
    """Of the snapshot that was taken last."""

    def cell(row: Row) -> object:
        taken = sorted(row.node.get("snapshots", ()), key=lambda one: (one["retrievedOn"], one["@id"]))
        return taken[-1].get(key) if taken else None

    return cell


def _rows(record: Row) -> Iterable[Row]:
    return (record,)


_WHAT = (
    Column("title", "as printed", text("title"), "The price of a bridge", quoted=True, required=True),
    Column("title_lang", "language of the title", language("title"), "en", "language", required=True),
    Column("title_from_address", "true where it has no title and this was made from its address",
           value("titleFromAddress"), "false", "yes_or_no"),
    Column("publisher", "as printed", text("publisherAsPrinted"), "The Examplar", required=True),
    Column("publisher_address", "page of the publisher", address("publisher"), f"{HERE}/agents/b6smzh5fa", "address"),
    Column("author", "as printed", text("authorAsPrinted"), "Carla Example"),
    Column("author_addresses", "pages of the authors", addresses_of("author"), f"{HERE}/agents/s8k9w39qd",
           "addresses"),
    Column("published", "when it came out", value("published", "edtf"), "2019-12-06", "edtf", required=True),
    Column("published_start", "first day of that time", value("published", "startDate"), "2019-12-06", "day"),
    Column("published_end", "last day of that time", value("published", "endDate"), "2019-12-06", "day"),
    Column("date_note", "how the date is known", text("dateNote"), "as printed"),
    Column("genre", "what kind of thing it is, in words", text("genre"), "news report", required=True),
    Column("class", "what kind of thing it is, of schema.org", lambda row: row.node["@type"][1], "NewsArticle", "word",
           vocabulary.SOURCE_CLASS, required=True),
    Column("lang", "language of the work", value("inLanguage"), "en", "language", required=True),
    Column("url", "where it can be read", value("url"), "https://examplar.example/bridge", "address"),
    Column("seen", "whether anybody here read it", value("seen"), "true", "yes_or_no", required=True),
    Column("status", "whether it can be found as it was published", value("status"), "available", "word",
           vocabulary.WORK_STATUS, required=True),
    Column("status_date", "day since which that is so", value("statusDate"), "2020-01-15", "day"),
    Column("status_notice", "where its publisher says so", value("statusNotice"),
           "https://examplar.example/corrections", "address"),
    Column("source_license", "licence of the work itself, where known", value("license"),
           "https://creativecommons.org/publicdomain/zero/1.0/", "address"),
    Column("copy_of_address", "page of the source that it copies", address("copyOf"),
           f"{HERE}/sources/e7wyqppcs", "address"),
    Column("copy_of_in_words", "what it copies, where that has no page", text("copyOfAsPrinted"), "a wire report"),
    Column("derived_from_addresses", "pages of the sources that it draws on", addresses_of("derivedFrom"),
           f"{HERE}/sources/e7wyqppcs", "addresses"),
    Column("origin_addresses", "pages of the origins that it rests on", addresses_of("restsOn"),
           f"{HERE}/origins/27vttftd1", "addresses"),
    Column("origins", "what they are", names("restsOn"), "The town’s own account"),
    Column("snapshot_count", "how often its text was taken", count("snapshots"), "1", "integer", unit="snapshots",
           required=True),
    Column("holding", "what we have of the newest of them", _newest("holding"), "held", "word", vocabulary.HOLDING),
    Column("retrieved_on", "when the newest of them was taken", _newest("retrievedOn"), "2026-11-24T08:00:00Z",
           "moment"),
    Column("text_sha256", "SHA-256 of the text of the newest of them", _newest("textSha256"), "9f2c" * 16, "digest"),
    Column("same_as", "the same work elsewhere: DOI, Wikidata, ISBN, archive copies", joined("sameAs"),
           "https://doi.org/10.1234/5678", "addresses"),
    Column("description", "what it is about", text("description"), "A report on public works."),
    Column("note", "note of the desk", text("note"), "Read in the printed edition."),
    Column("external_ids", "ids in other collections, parted by a space", joined("externalIds"), "seed:S1"),
)  # fmt: skip
SOURCES = Table(
    name="sources",
    title="Sources",
    holds="One row for each work that is cited, read or not.",
    key="address",
    columns=(*first("sources"), *_WHAT, *LAST),
    rows=_rows,
)
