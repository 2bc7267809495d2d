"""Citations read back out of any text: every form, every way to write an address, and noise around."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.formats.citation import FORMS, Work, written
from kb.formats.citation.reading import Mention, read_citations
from kb.formats.citation.work import line

BASE = "https://facts.example.org/kb/"
NAME = "d2sg2d3d1"
ADDRESS = f"claims/{NAME}"
DIGEST = "0123456789abcdef" * 4
OTHER = DIGEST[::-1]
WORK = Work(
    author="Invented desk",
    notice="[WITHDRAWN]",
    replies=("Bela Invented denies it.",),
    name="Is it high?",
    label="Disputed",
    version=12,
    issued="2026-11-25T09:00:00Z",
    address=f"{BASE}{ADDRESS}/v12",
    digest=DIGEST,
)
ITS = Mention(ADDRESS, 12, digest=DIGEST)


@pytest.mark.parametrize("form", FORMS)
@given(title=st.text(max_size=80).map(line).filter(bool), noise=st.text("abc .,;()<>\n„“{}|", max_size=40))
def test_every_form_is_read_back(form: str, title: str, noise: str) -> None:
    text = written(replace(WORK, name=title), form)
    assert read_citations(f"{noise}\n{text}\n{noise}", BASE) == [ITS]
    newest = written(replace(WORK, name=title, digest=None, address=BASE + ADDRESS), form)
    assert read_citations(newest, BASE) == [Mention(ADDRESS)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{BASE}{ADDRESS}", Mention(ADDRESS)),
        (f"{BASE}{ADDRESS}/", Mention(ADDRESS)),
        (f"{BASE}{ADDRESS}/v2.jsonld", Mention(ADDRESS, 2)),
        (f"{BASE}{ADDRESS}.ttl?x=1#it", Mention(ADDRESS)),
        (f"{BASE}{ADDRESS}/v2#evidence-7", Mention(ADDRESS, 2)),
        (f"{BASE}{ADDRESS}/history", Mention(ADDRESS)),
        (f"{BASE}{ADDRESS}/cite?version=4&format=ris", Mention(ADDRESS, 4)),
        (f"HTTP://FACTS.example.org/kb/claims/{NAME.upper()}/V2", Mention(ADDRESS, 2)),
        (f"http://facts.example.org/kb/{ADDRESS}/v2", Mention(ADDRESS, 2)),
        (f"facts.example.org/kb/{ADDRESS}/v2.", Mention(ADDRESS, 2)),
        (f"/{ADDRESS}/v2", Mention(ADDRESS, 2)),
        (f"(see ../{ADDRESS}/v2)", Mention(ADDRESS, 2)),
        (f"|url={ADDRESS}/v2|date=", Mention(ADDRESS, 2)),
        (f"<{BASE}{ADDRESS}/v2>;", Mention(ADDRESS, 2)),
        (f'"https:\\/\\/facts.example.org\\/kb\\/claims\\/{NAME}\\/v2"', Mention(ADDRESS, 2)),
        (f"{BASE}claims/d2sg-2d3d1/v2", Mention(ADDRESS, 2)),
        (f"{BASE}topics/rising-seas/v3", Mention("topics/rising-seas", 3)),
        (f"{BASE}method/v3", Mention("method", 3)),
        (f"{BASE}method", Mention("method")),
        ("method/v3", Mention("method", 3, sure=False)),
        (NAME, Mention(NAME, sure=False)),
        (f"{NAME.upper()}/v2", Mention(NAME, 2, sure=False)),
        (DIGEST.upper(), Mention(digest=DIGEST)),
        (f"the hash is sha256:{DIGEST}.", Mention(digest=DIGEST)),
        (f"SHA-256: {DIGEST[:40]}\n   {DIGEST[40:]} bead", Mention(digest=DIGEST)),
        (f"{DIGEST[:30]}\u200b{DIGEST[30:]}", Mention(digest=DIGEST)),
        (f"sha256:{DIGEST[:60]}", Mention(digest=DIGEST[:60], torn=True)),
        (f"sha256:{DIGEST}0", Mention(digest=f"{DIGEST}0", torn=True)),
        (f"https://other.example/{ADDRESS}/v2", Mention(foreign=f"https://other.example/{ADDRESS}/v2")),
        (f"other.example/{ADDRESS}", Mention(foreign=f"other.example/{ADDRESS}")),
        (f"https://other.example/x {DIGEST}", Mention(foreign="https://other.example/x", digest=DIGEST)),
        (f"{DIGEST} of {BASE}{ADDRESS}/v2", Mention(ADDRESS, 2, digest=DIGEST)),
        (f"{BASE}{ADDRESS} is {BASE}{ADDRESS}/v2 now: {DIGEST}", Mention(ADDRESS, 2, digest=DIGEST)),
        (f"https://other.example/ says: {BASE}{ADDRESS}/v2", Mention(ADDRESS, 2)),
    ],
)
def test_one_citation(text: str, found: Mention) -> None:
    assert read_citations(text, BASE) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no citation at all",
        BASE,
        BASE.rstrip("/"),
        f"{BASE}claims",
        "and/or claims/evidence",
        "sha256: unknown",
        "0" * 63,
    ],
)
def test_no_citation(text: str) -> None:
    assert read_citations(text, BASE) == []


def test_several_keep_their_own_digests() -> None:
    one, two = f"{BASE}{ADDRESS}/v1", f"{BASE}{ADDRESS}/v2"
    wanted = [Mention(ADDRESS, 1, digest=DIGEST), Mention(ADDRESS, 2, digest=OTHER)]
    assert read_citations(f"{one} {DIGEST}\n{two} {OTHER}", BASE) == wanted
    assert read_citations(f"{DIGEST} {one}\n{OTHER} {two}", BASE) == wanted
    assert read_citations(f"{one}\n{two} {OTHER}", BASE) == [Mention(ADDRESS, 1), wanted[1]]
    whole = "\n".join(written(replace(WORK, version=n, address=f"{BASE}{ADDRESS}/v{n}"), "bibtex") for n in (1, 2, 3))
    assert [one.version for one in read_citations(whole, BASE)] == [1, 2, 3]


@given(st.text())
def test_whatever_the_text_is_it_is_read(text: str) -> None:
    assert isinstance(read_citations(text, BASE), list)


@pytest.mark.parametrize("piece", ["sha256:", "0", "a ", "http://", f"/{ADDRESS}/v", "sha256: a ", "x/v1 ", "."])
def test_a_long_text_of_anything_is_read_in_one_go(piece: str) -> None:
    assert len(read_citations(piece * (20_000 // len(piece)), BASE)) <= 20
