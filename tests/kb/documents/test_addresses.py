"""Addresses, IRIs, and the way back."""

import pytest

from kb.documents import addresses
from kb.errors import Refused

BASES = ["http://localhost:8000/", "https://facts.example.org/", "https://example.org/facts/in/here/"]
RECORDS = [
    ("claim", "37d2qfnqr", "claims/37d2qfnqr"),
    ("source", "84y8r27hg", "sources/84y8r27hg"),
    ("agent", "pz1a7bqcu", "agents/pz1a7bqcu"),
    ("origin", "6y0sbw66f", "origins/6y0sbw66f"),
    ("topic", "uk-general-election-2019", "topics/uk-general-election-2019"),
    ("page", "corrections-policy", "corrections-policy"),
    ("foundation", "foundation", "foundation"),
]


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize(("kind", "name", "address"), RECORDS)
def test_every_iri_of_a_record_leads_back_to_it(base: str, kind: str, name: str, address: str) -> None:
    assert addresses.address_of(kind, name) == address
    assert addresses.kind_of(address) == kind
    thing, edition = addresses.iri(base, address), addresses.version_iri(base, address, 12)
    part = addresses.part_iri(base, address, "evidence-3")
    assert (thing, edition) == (f"{base}{address}#it", f"{base}{address}/v12")
    for one in (thing, edition, part):
        assert addresses.record_of(one) == address
        assert addresses.base_of(one) == base
        assert addresses.page_of(one) == addresses.page(base, address)
    assert addresses.version_of(edition) == 12


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("claim", ""),
        ("claim", "37D2QFNQR"),
        ("claim", "a/b"),
        ("topic", "-gaza"),
        ("topic", "a b"),
        ("foundation", "x"),
    ],
)
def test_a_name_that_would_need_an_escape_is_no_address(kind: str, name: str) -> None:
    with pytest.raises(Refused):
        addresses.address_of(kind, name)


@pytest.mark.parametrize("iri", ["http://localhost:8000/", "http://localhost:8000/ns/context-v1.jsonld", "", "#it"])
def test_what_is_no_record_has_no_address(iri: str) -> None:
    with pytest.raises(Refused):
        addresses.record_of(iri)


@pytest.mark.parametrize("iri", ["http://localhost:8000/claims/37d2qfnqr", "http://localhost:8000/method/v0"])
def test_a_page_has_no_number(iri: str) -> None:
    with pytest.raises(Refused):
        addresses.version_of(iri)
