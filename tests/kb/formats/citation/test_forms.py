"""Each form says the same, to the letter for people, and as independent parsers read it for machines."""

import html
import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import bibtexparser
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from kb.formats.citation import FORMS, KINDS, Work, cite, work_of, written
from kb.formats.citation.bibtex import ESCAPES
from kb.formats.citation.work import line
from tests.factories.claims import World, with_reply, withdrawn
from tests.factories.documents import BASE, Entity, Press, agent, en, foundation, origin, page, source, topic

DIGEST = "0123456789abcdef" * 4
NOTE = f"Version 1, sha256:{DIGEST}"
# Whatever one of the forms takes for its own, and what runs from the right.
NASTY = "{}[]|=<>&%#$_~^\\\"'`*:;,.@/!?-+ \n\t\u2028\u00a0“”‘’abcdé中שלום\u202e𝄞"
TITLES = st.text(st.sampled_from(NASTY) | st.characters(exclude_categories=["Cc", "Cs"]), max_size=60)


@pytest.fixture(scope="module")
def world() -> World:
    made = World(Press())
    for kind, entity in made.entities():
        made.press.seal(kind, entity)
    return made


@pytest.fixture(scope="module")
def denied(world: World) -> Entity:
    entity = with_reply(world.claim("it is high"), world.person, "Bela Invented")
    return world.press.seal("claim", entity)


def test_forms_for_people_to_the_letter(denied: Entity) -> None:
    address = denied["@id"]
    said = "Bela Invented denies it."
    label = "Partly supported; the year is contradicted"
    assert cite(denied, DIGEST, "apa") == (
        f"Invented desk. (2026, November 25). {said} Is it so that it is high? {label} (Version 1). "
        f"{address} sha256:{DIGEST}"
    )
    assert cite(denied, DIGEST, "chicago") == (
        f"Invented desk. {said} “Is it so that it is high?” {label}. Version 1, November 25, 2026. "
        f"{address} (sha256:{DIGEST})."
    )
    assert cite(denied, DIGEST, "wikipedia") == (
        f"{{{{cite web |author=Invented desk |title={said} Is it so that it is high? {label} |url={address} "
        f"|date=2026-11-25 |access-date=2026-11-25 |id={NOTE}}}}}"
    )


def test_what_is_withdrawn_says_so_inside_every_form(world: World) -> None:
    entity = with_reply(world.claim("it is tall"), world.person, "Bela Invented")
    first = world.press.seal("claim", entity)
    gone = world.press.seal("claim", withdrawn(entity), "withdrawal")
    for form in FORMS:
        told = cite(first, DIGEST, form, withdrawn=True)
        assert "WITHDRAWN" in told
        assert told.index("WITHDRAWN") < told.index("Bela Invented denies it.") < told.index("it is tall")
        why = html.unescape(cite(gone, DIGEST, form))
        assert "[WITHDRAWN: Invented note of version 2.] Bela Invented denies it." in why
        assert "supported" not in why


def test_the_record_always_newest_has_no_version_and_no_digest(denied: Entity) -> None:
    whole = denied["@id"].removesuffix("/v1")
    for form in FORMS:
        told = cite(denied, DIGEST, form, newest=True)
        assert whole in told
        assert f"{whole}/v1" not in told
        assert DIGEST not in told
        assert "Version 1 when cited" in told
        assert told.index("Bela Invented denies it.") < told.index("it is high")
    assert cite(denied, DIGEST, newest=True).endswith(f"The address leads to the newest version: {whole}")
    assert "Retrieved November 25, 2026, from " in cite(denied, DIGEST, "apa", newest=True)
    assert f"Accessed November 25, 2026. {whole}." in cite(denied, DIGEST, "chicago", newest=True)


def test_every_kind_of_record_is_called_by_its_name() -> None:
    press = Press()
    iri = press.name
    entities = (
        ("source", source(iri("source"), "A “measured” title"), "A “measured” title"),
        ("agent", agent(iri("agent"), "שלום ירושלים"), "שלום ירושלים"),
        ("origin", origin(iri("origin"), "The survey of 1863"), "The survey of 1863"),
        ("topic", topic(iri("topic", "heights"), "高さ"), "高さ"),
        ("page", page(iri("page", "about"), "About us"), "About us"),
        ("foundation", foundation(iri("foundation", "foundation"), BASE), f"Foundation of {BASE}"),
    )
    for kind, entity, name in entities:
        change = "foundation" if kind == "foundation" else "new"
        document = press.seal(kind, entity, change)
        work = work_of(document, DIGEST)
        assert (work.title, work.label, work.replies) == (name, "", ())
        assert re.fullmatch(rf"{kind}(-[0-9a-z]+)?-v1", work.key)
        for form in FORMS:
            assert name in html.unescape(written(work, form).replace("‘", "“").replace("’", "”"))


def test_a_claim_without_a_question_is_called_by_its_statement(denied: Entity) -> None:
    entity = {key: value for key, value in denied["mainEntity"].items() if key != "question"}
    assert work_of({**denied, "mainEntity": entity}, DIGEST).name == "The survey says that it is high."


def test_bibtex_as_its_parser_reads_it(denied: Entity) -> None:
    entry = _bibtex(cite(denied, DIGEST, "bibtex"))
    name = denied["@id"].split("/")[-2]
    assert entry == {
        "ENTRYTYPE": "misc",
        "ID": f"claim-{name}-v1",
        "author": "{Invented desk}",
        "title": "{Bela Invented denies it. Is it so that it is high? Partly supported; the year is contradicted}",
        "date": "2026-11-25",
        "year": "2026",
        "month": "November",
        "url": denied["@id"],
        "urldate": "2026-11-25",
        "note": NOTE,
    }


def test_ris_as_its_parser_reads_it(denied: Entity) -> None:
    name = denied["@id"].split("/")[-2]
    assert rispy.loads(cite(denied, DIGEST, "ris")) == [
        {
            "type_of_reference": "ELEC",
            "id": f"claim-{name}-v1",
            "authors": ["Invented desk"],
            "title": "Bela Invented denies it. Is it so that it is high? Partly supported; the year is contradicted",
            "year": "2026",
            "date": "2026/11/25",
            "access_date": "2026/11/25",
            "edition": "Version 1",
            "urls": [denied["@id"]],
            "notes": [NOTE],
        }
    ]


def test_csl_json_is_a_list_of_items_with_what_the_schema_asks(denied: Entity) -> None:
    (item,) = json.loads(cite(denied, DIGEST, "csl-json"))
    assert {"id", "type"} <= set(item)
    assert item["type"] == "webpage"
    assert item["author"] == [{"literal": "Invented desk"}]
    assert item["issued"] == item["accessed"] == {"date-parts": [[2026, 11, 25]]}
    assert (item["URL"], item["version"], item["note"]) == (denied["@id"], "1", NOTE)
    # All that the schema of the data (csl-data.json, 1.0.2) knows of what we write.
    known = {"id", "type", "title", "author", "issued", "accessed", "URL", "note", "version", "status"}
    assert set(item) <= known
    assert json.loads(cite(denied, DIGEST, "csl-json", withdrawn=True))[0]["status"] == "withdrawn"


WORK = Work(
    author="Invented desk",
    notice="",
    replies=(),
    name="Title",
    label="",
    version=3,
    issued="2026-11-25T09:00:00Z",
    address=f"{BASE}claims/d2sg2d3d1/v3",
    digest=DIGEST,
)


@given(TITLES.map(line).filter(bool), TITLES.map(line).filter(bool))
def test_no_title_breaks_bibtex(title: str, desk: str) -> None:
    text = written(replace(WORK, name=title, author=desk), "bibtex")
    # BibTeX itself counts braces, whatever stands before them.
    assert text.count("{") == text.count("}")
    entry = _bibtex(text)
    assert _plain(entry["title"]) == title
    assert _plain(entry["author"]) == desk
    assert entry["url"] == WORK.address


@given(TITLES.map(line).filter(bool), TITLES.map(line).filter(bool))
def test_no_title_breaks_ris(title: str, desk: str) -> None:
    (entry,) = rispy.loads(written(replace(WORK, name=title, author=desk), "ris"))
    assert entry["title"] == title
    assert entry["authors"] == [desk]
    assert entry["urls"] == [WORK.address]


@given(TITLES.map(line).filter(bool))
def test_no_title_breaks_wikitext(title: str) -> None:
    text = written(replace(WORK, name=title), "wikipedia")
    assert text.startswith("{{cite web |")
    assert text.endswith("}}")
    fields = dict(one.strip().split("=") for one in text[len("{{cite web |") : -2].split("|"))
    assert html.unescape(fields["title"]) == title
    assert fields["url"] == WORK.address
    assert not re.search(r"[\[\]{}<>~]|''|__|://", fields["title"])


@given(TITLES.map(line).filter(bool))
def test_no_title_breaks_json(title: str) -> None:
    (item,) = json.loads(written(replace(WORK, name=title), "csl-json"))
    assert item["title"] == title


@pytest.mark.parametrize("form", FORMS)
@given(title=st.text())
def test_every_form_but_the_tagged_ones_is_one_line(form: str, title: str) -> None:
    text = written(replace(WORK, name=line(title), replies=(line(title),)), form)
    assert len(text.splitlines()) == len(written(WORK, form).splitlines())


def test_kinds_have_the_media_types_that_are_registered_or_known() -> None:
    assert {form: kind.media_type for form, kind in KINDS.items()} == dict.fromkeys(FORMS, "text/plain") | {
        "bibtex": "application/x-bibtex",
        "ris": "application/x-research-info-systems",
        "csl-json": "application/vnd.citationstyles.csl+json",
    }


def _bibtex(text: str) -> dict[str, Any]:
    (entry,) = bibtexparser.loads(text).entries
    found: dict[str, Any] = entry
    return found


def _plain(value: str) -> str:
    """What LaTeX would print: the commands of ESCAPES read back, and the outer braces gone."""
    back: dict[str, str] = {command: letter for letter, command in ESCAPES.items()}
    either = re.compile("|".join(re.escape(command) for command in sorted(back, key=len, reverse=True)))
    letter: Callable[[re.Match[str]], str] = lambda found: back[found[0]]  # noqa: E731
    return either.sub(letter, value[1:-1])


def test_names_in_other_languages_only() -> None:
    press = Press()
    document = press.seal("page", page(press.name("page", "about"), "About") | {"name": {"de": "Über uns"}})
    assert work_of(document, DIGEST).title == "Über uns"
    assert work_of(document | {"byline": en("A  desk\nof two lines")}, DIGEST).author == "A desk of two lines"
