"""The history of a record, and the banner of each of its versions: where it stands, and the way to what changed."""

import pytest

from tests.app.public.conftest import Life
from tests.app.public.test_records import WHICH, path_of
from tests.support.corrected import DENIAL, LIFE
from tests.support.html import Read
from tests.support.reader import Page


def strip(life: Life, number: int) -> str:
    """What the page of a version says before its heading."""
    return life.reader.page(f"{life.page}/v{number}").text.partition(f"Claim {life.corrected.claim}")[0]


def ways(page: Page, here: str) -> set[str]:
    return {address.removeprefix(here.rpartition("/")[0]) for address, _ in page.addresses(here)}


def test_every_version_leads_to_what_changed_in_it(life: Life) -> None:
    here = f"{life.page}/history"
    page = life.reader.page(here)
    assert not page.faults
    assert {f"/diff/{number - 1}..{number}" for number in range(2, 7)} <= ways(page, here)
    assert "/diff/0..1" not in ways(page, here)
    for number, (change, _) in enumerate(LIFE, 1):
        assert f"v{number}" in page.ids
        assert f"Version {number}{change}, " in page.text
    # Each line that says a verdict begins with the reply.
    assert page.text.count(f"{DENIAL} Partly supported; the year is contradicted.") == 3
    assert page.text.count(f"{DENIAL} Contradicted.") == 2
    assert page.text.count(f"{DENIAL} Withdrawn.") == 1


def test_any_two_versions_can_be_chosen_without_script(life: Life) -> None:
    page = life.reader.page(f"{life.page}/history")
    form = next(values for tag, values in page.tags if tag == "form" and "diff" in values["action"])
    assert form["method"] == "get"
    assert [values["name"] for tag, values in page.tags if tag == "select"] == ["from", "to"]
    labelled = {values["for"] for tag, values in page.tags if tag == "label"}
    assert {"from", "to"} <= labelled
    # What is chosen where nobody chooses, the first of each, is the first version and the newest.
    options = [values["value"] for tag, values in page.tags if tag == "option"]
    assert options == ["1", "2", "3", "4", "5", "6", "5", "4", "3", "2"]


def test_where_there_is_one_version_there_is_nothing_to_choose(life: Life) -> None:
    page = life.reader.page(f"/claims/{life.library.known.denied}/history")
    assert "select" not in [tag for tag, _ in page.tags]


def test_json_has_the_addresses_of_the_changes(life: Life) -> None:
    told = life.reader.get(f"{life.page}/history.json").json()["versions"]
    assert [one["change"] for one in told] == [change for change, _ in LIFE]
    assert "diff" not in told[0]
    assert told[3]["diff"] == f"http://localhost:8000{life.page}/diff/3..4"
    assert told[3]["line"] == f"{DENIAL} Contradicted."
    assert told[4]["line"] == f"{DENIAL} Withdrawn."


@pytest.mark.parametrize(
    ("number", "words", "way"),
    [
        (1, "Corrected. This is version 1, superseded: version 2 of 2 December 2026 corrected it", "/diff/1..6"),
        (2, "Corrected. This is version 2, superseded: version 3 of 5 December 2026 corrected it", "/diff/2..6"),
        (3, "Corrected. This is version 3, superseded: version 4 of 15 December 2026 corrected it", "/diff/3..6"),
        (
            4,
            "A newer version. This is version 4, superseded by version 6 of 17 December 2026, which restored",
            "/diff/4..6",
        ),
        (5, "Withdrawn then: this version withdrew the record, and a later one restored it.", "/diff/5..6"),
        (6, "Restored on 17 December 2026: Invented note of version 6.", "/diff/5..6"),
    ],
)
def test_each_version_says_where_it_stands_and_leads_to_what_changed(
    life: Life, number: int, words: str, way: str
) -> None:
    assert words in strip(life, number)
    here = f"{life.page}/v{number}"
    assert way in ways(life.reader.page(here), here)


def test_the_newest_is_named_where_a_correction_is_not_the_newest(life: Life) -> None:
    assert "The newest is version 6 of 17 December 2026." in strip(life, 1)


def test_a_withdrawn_claim_says_why_on_every_version(life: Life) -> None:
    gone = f"/claims/{life.library.known.gone}"
    for here, words in ((gone, "Withdrawn on 27 November 2026"), (f"{gone}/v1", "Withdrawn by version 2")):
        page = life.reader.page(here)
        assert words in page.text
        assert "Invented note of version 2." in page.text
        assert f"{gone}/diff/1..2" in {address for address, _ in page.addresses(here)}


def test_a_version_that_stands_says_so(life: Life) -> None:
    only = life.reader.page(f"/claims/{life.library.known.denied}/v1").text
    assert "Current. This is the only version." in only
    changed = life.reader.page(f"/{life.corrected.source}/v2").text
    assert "Current. Version 2 of 18 December 2026 is the newest: " in changed
    corrected = life.reader.page(f"/claims/{life.library.known.claim}").text
    assert "Corrected on 26 November 2026: Invented note of version 2." in corrected


def test_pages_are_read_without_a_fault_by_the_parser_of_the_standard(life: Life) -> None:
    addresses = ["/history", "/diff/1..2", "/diff/2..3", "/diff/3..4", "/diff/1..6", "/diff/4..5", "/v1", "/v5", ""]
    paths = [life.page + address for address in addresses]
    for path in (*paths, "/corrections", f"/corrections/{life.corrected.claim}-v4"):
        assert not list(Read(life.reader.get(path).text).faults()), path


@pytest.mark.parametrize("kind", WHICH)
def test_every_banner_is_valid_and_none_is_where_nothing_is_to_be_said(life: Life, kind: str) -> None:
    path = path_of(life.library, kind)
    for address in (path, f"{path}/v1", f"{path}/history"):
        assert not life.reader.page(address).faults
    assert "Current." not in life.reader.page(path).text or kind == "source"
