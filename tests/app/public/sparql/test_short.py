"""Short links: whatever is packed comes back as it was, links of today work for good, and no bomb goes off."""

import base64
import hashlib
import zlib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.public.sparql.forms import Form
from app.public.sparql.questions import NAMES, Subjects, fill
from app.public.sparql.reading import Asked
from app.public.sparql.short import DICTIONARIES, LONGEST, LinkTooLong, NoSuchLink, pack, unpack
from kb.projections.triples.limits import Limits

IRIS = st.text(alphabet="abc/:#", min_size=1, max_size=30).map("http://x.example/".__add__)
ASKED = st.builds(
    Asked,
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=300),
    st.lists(IRIS, max_size=3).map(tuple),
    st.lists(IRIS, max_size=3).map(tuple),
    st.none(),
    st.booleans(),
)
# Made when the dictionary was, and given away since then.
GIVEN = {
    "aQzcEuRCFqQIAsAYJbQ": Asked("SELECT * WHERE { ?s ?p ?o } LIMIT 10"),
}
SUBJECTS = Subjects(
    "http://localhost:8000/claims/ngpr8acpm#it",
    "http://localhost:8000/agents/ggp2g6f1r#it",
    "http://localhost:8000/topics/mountains#it",
    "2026-11-24",
)


@given(ASKED)
def test_it_comes_back_as_it_was(asked: Asked) -> None:
    packed = pack(asked)
    assert packed is not None
    assert set(packed) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    assert unpack(packed) == asked


@pytest.mark.parametrize(("packed", "asked"), GIVEN.items())
def test_links_of_today_work_for_good(packed: str, asked: Asked) -> None:
    assert unpack(packed) == asked


def test_no_dictionary_is_ever_changed() -> None:
    digests = {
        version: hashlib.sha256(
            files("app.public.sparql").joinpath(f"dictionary-{version}.txt").read_bytes()
        ).hexdigest()
        for version in DICTIONARIES
    }
    assert digests == {"a": "4399aaa6e87cf87c95feb10cc16023f5f52015eee0f247d1d4fa8eb3e073888d"}


@pytest.mark.parametrize("name", NAMES)
def test_a_question_fits_into_a_mail(name: str) -> None:
    packed = pack(Asked(fill(name, SUBJECTS)))
    assert packed is not None
    assert len(packed) < 240


def test_the_form_of_the_answer_is_not_kept() -> None:
    assert pack(Asked("ASK {}", form=Form.CSV)) == pack(Asked("ASK {}"))


def test_what_would_not_be_short_or_not_come_back_has_no_link() -> None:
    noise = "".join(hashlib.sha256(bytes([place])).hexdigest() for place in range(100))
    assert pack(Asked(f"# {noise}")) is None
    assert pack(Asked("ASK {} # \0d")) is None
    assert pack(Asked("ASK {} # \ud800")) is None


@given(st.text(alphabet="abAB01_-=/+. é", max_size=60))
def test_garbage_is_no_link(packed: str) -> None:
    with pytest.raises((NoSuchLink, LinkTooLong)):
        unpack(packed)


def test_half_a_link_is_no_link() -> None:
    packed = pack(Asked(fill("single-origin", SUBJECTS)))
    assert packed is not None
    for end in range(len(packed)):
        with pytest.raises(NoSuchLink):
            unpack(packed[:end])
    with pytest.raises(NoSuchLink):
        unpack(packed + "AAAA")


@pytest.mark.parametrize("letters", [Limits.characters + 1, 50_000_000])
def test_a_bomb_is_not_unpacked(letters: int) -> None:
    packed = bomb(letters)
    assert len(packed) < 100_000
    with pytest.raises(LinkTooLong):
        unpack(packed)


def bomb(letters: int) -> str:
    dictionary = files("app.public.sparql").joinpath("dictionary-a.txt").read_bytes()
    packer = zlib.compressobj(9, zdict=dictionary)
    whole = packer.compress(b"#" * letters) + packer.flush()
    return "a" + base64.urlsafe_b64encode(whole[6:]).decode().rstrip("=")


def test_the_longest_query_that_is_read_comes_back() -> None:
    query = "ASK {} #" + "\u20ac" * (Limits.characters - 8)
    packed = pack(Asked(query))
    assert packed is not None
    assert len(packed) <= LONGEST
    assert unpack(packed).query == query
