"""Identifiers: known ones are taken in every usual writing, one wrong digit is not."""

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import Refused
from kb.values.identifiers import IdentifierInvalid, check_identifier, identifier_iri
from kb.values.vocabulary import IDENTIFIER_SCHEME

KNOWN = [
    ("wikidata", "Q42", "Q42", "http://www.wikidata.org/entity/Q42"),
    ("wikidata", "https://www.wikidata.org/wiki/Q513", "Q513", "http://www.wikidata.org/entity/Q513"),
    ("wikidata", "http://www.wikidata.org/entity/q513", "Q513", "http://www.wikidata.org/entity/Q513"),
    ("orcid", "0000-0002-1825-0097", "0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097"),
    ("orcid", "https://orcid.org/000000021694233X", "0000-0002-1694-233X", "https://orcid.org/0000-0002-1694-233X"),
    ("isni", "ISNI 0000 0001 2103 2683", "0000000121032683", "https://isni.org/isni/0000000121032683"),
    ("isni", "https://isni.org/isni/000000012146438X", "000000012146438X", "https://isni.org/isni/000000012146438X"),
    ("ror", "https://ror.org/03yrm5c26", "03yrm5c26", "https://ror.org/03yrm5c26"),
    ("ror", "02TWCFP32", "02twcfp32", "https://ror.org/02twcfp32"),
    ("ror", "ror.org/04wxnsj81", "04wxnsj81", "https://ror.org/04wxnsj81"),
    ("ror", "05dxps055", "05dxps055", "https://ror.org/05dxps055"),
    ("doi", "10.1000/182", "10.1000/182", "https://doi.org/10.1000/182"),
    ("doi", "https://dx.doi.org/10.1038/NPHYS1170", "10.1038/nphys1170", "https://doi.org/10.1038/nphys1170"),
    ("doi", "doi:10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2",
     "10.1002/(sici)1097-0258(19980815)17:15<1661::aid-sim968>3.0.co;2-2",
     "https://doi.org/10.1002/(sici)1097-0258(19980815)17:15%3C1661::aid-sim968%3E3.0.co;2-2"),
    ("issn", "0378-5955", "0378-5955", "https://portal.issn.org/resource/ISSN/0378-5955"),
    ("issn", "ISSN 2434561x", "2434-561X", "https://portal.issn.org/resource/ISSN/2434-561X"),
    ("isbn", "978-0-306-40615-7", "9780306406157", "urn:isbn:9780306406157"),
    ("isbn", "0-306-40615-2", "9780306406157", "urn:isbn:9780306406157"),
    ("isbn", "ISBN-10: 0-8044-2957-X", "9780804429573", "urn:isbn:9780804429573"),
    ("archive", "http://web.archive.org/web/20191219000000/https://example.org/?a=b",
     "https://web.archive.org/web/20191219000000/https://example.org/?a=b",
     "https://web.archive.org/web/20191219000000/https://example.org/?a=b"),
    ("archive", "https://web.archive.org/web/2019id_/http://a.org/", "https://web.archive.org/web/2019id_/http://a.org/",
     "https://web.archive.org/web/2019id_/http://a.org/"),
    ("archive", "https://archive.ph/AbC12", "https://archive.ph/AbC12", "https://archive.ph/AbC12"),
    ("archive", "https://archive.today/20191219101010/http://a.org/", "https://archive.today/20191219101010/http://a.org/",
     "https://archive.today/20191219101010/http://a.org/"),
    ("archive", "https://perma.cc/T8U2-994F", "https://perma.cc/T8U2-994F", "https://perma.cc/T8U2-994F"),
]  # fmt: skip
UNKNOWN = [
    ("wikidata", ["", "42", "Q0", "Q", "P31", "L42", "Q42x", "Q٤٢", "https://en.wikipedia.org/wiki/Q42"]),
    ("orcid", ["0000-0002-1825-0098", "0000-0002-1825-009", "0000-0002-1825-009X", "٠000-0002-1825-0097"]),
    ("isni", ["0000 0001 2103 2684", "000000012103268", "121032683"]),
    ("ror", ["03yrm5c27", "03yrm5c2", "13yrm5c26", "03yrl5c26", "https://ror.org/"]),
    (
        "doi",
        [
            "10.1000",
            "10.1000/",
            "11.1000/182",
            "10.1000/1 82",
            "10.1000/1\u202e82",
            "10.1000/\n",
            "https://doi.org/",
            "https://doi.org/10.1000/%ff",
        ],
    ),
    ("issn", ["0378-5954", "0378-595", "X378-5955"]),
    ("isbn", ["978-0-306-40615-8", "0-306-40615-3", "9770306406157", "97803064061", "X306406152"]),
    (
        "archive",
        [
            "https://example.org/web/2019/https://example.org/",
            "https://web.archive.org/web/2019*/https://example.org/",
            "https://web.archive.org/",
            "https://web.archive.org.example.org/web/2019/http://a/",
            "https://web.archive.org/web/2019/http://a/ b",
            "javascript:web.archive.org/web/2019/http://a/",
            "https://perma.cc/about",
            "https://archive.ph/",
        ],
    ),
]


@pytest.mark.parametrize(("scheme", "value", "canonical", "iri"), KNOWN)
def test_known_identifiers(scheme: str, value: str, canonical: str, iri: str) -> None:
    assert check_identifier(scheme, value) == canonical
    assert check_identifier(scheme, canonical) == canonical
    assert identifier_iri(scheme, value) == iri
    assert check_identifier(scheme, iri) == canonical
    assert pyoxigraph.NamedNode(iri).value == iri


@pytest.mark.parametrize(("scheme", "value"), [(scheme, value) for scheme, values in UNKNOWN for value in values])
def test_what_is_no_identifier(scheme: str, value: str) -> None:
    with pytest.raises(Refused) as caught:
        check_identifier(scheme, value)
    assert caught.value.where == scheme


def test_every_scheme_of_the_list_is_checked() -> None:
    assert {scheme for scheme, *_ in KNOWN} == set(IDENTIFIER_SCHEME)
    assert {scheme for scheme, _ in UNKNOWN} == set(IDENTIFIER_SCHEME)
    with pytest.raises(IdentifierInvalid, match="not a scheme"):
        check_identifier("viaf", "1")


CHECKED = [canonical for scheme, _, canonical, _ in KNOWN if scheme in {"orcid", "isni", "ror", "issn", "isbn"}]
SCHEMES = {canonical: scheme for scheme, _, canonical, _ in KNOWN}


@given(st.sampled_from(CHECKED), st.data())
def test_one_wrong_digit_is_noticed(canonical: str, data: st.DataObject) -> None:
    scheme = SCHEMES[canonical]
    places = [at for at, letter in enumerate(canonical) if letter.isdigit()]
    at = data.draw(st.sampled_from(places))
    digit = data.draw(st.sampled_from([sign for sign in "0123456789" if sign != canonical[at]]))
    with pytest.raises(IdentifierInvalid):
        check_identifier(scheme, canonical[:at] + digit + canonical[at + 1 :])


@given(st.sampled_from(IDENTIFIER_SCHEME.words), st.text(max_size=40))
def test_whatever_is_taken_is_canonical_and_has_an_address(scheme: str, value: str) -> None:
    try:
        canonical = check_identifier(scheme, value)
    except Refused:
        return
    assert check_identifier(scheme, canonical) == canonical
    assert pyoxigraph.NamedNode(identifier_iri(scheme, canonical))


@given(st.text('abXé<>#?%"|\\^`{}[]()/:;🏔.', min_size=1, max_size=12))
def test_the_address_of_a_doi_is_one_for_every_parser(suffix: str) -> None:
    iri = identifier_iri("doi", "10.1000/" + suffix)
    assert check_identifier("doi", iri) == check_identifier("doi", "10.1000/" + suffix)
    assert pyoxigraph.NamedNode(iri).value == iri
    assert " " not in iri


def test_a_giant_value_is_not_echoed() -> None:
    for scheme in IDENTIFIER_SCHEME:
        with pytest.raises(Refused) as caught:
            check_identifier(scheme, "https://example.org/" + "9" * 3_000_000)
        assert len(str(caught.value)) < 300
