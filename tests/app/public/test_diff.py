"""What changed between two versions, on its page and as JSON: in words, in order, told apart without colour."""

import pytest

from tests.app.public.conftest import Life
from tests.app.public.test_records import WHICH, path_of
from tests.support.corrected import DENIAL, HOSTILE
from tests.support.statements import Statements


def changes(life: Life, pair: str) -> dict[str, tuple[str, str | None, str | None]]:
    told = life.reader.get(f"{life.page}/diff/{pair}.json").json()["changes"]
    return {one["label"]: (one["kind"], one.get("before"), one.get("after")) for one in told}


def test_what_changed_is_told_field_by_field_in_words(life: Life) -> None:
    assert changes(life, "1..2") == {
        "Reason": ("changed", "Invented reason.", "Invented reason, and a better one."),
        "Confidence": ("changed", "0.90", "0.85"),
        "Note": ("added", None, "ملاحظة مخترعة"),
        "Kind of version": ("changed", "New", "Correction"),
        "Note on the version": ("added", None, "Invented note of version 2."),
    }
    found = changes(life, "2..3")
    assert found["Stance of evidence 1"] == ("changed", "Supports", "Qualifies")
    assert found["Items of evidence seen"] == ("changed", "2", "3")
    assert found["Evidence 3"][0] == "added"
    assert "Source: Invented Survey: Heights of the Invented Alps; Words: 4,807 metres high" in str(
        found["Evidence 3"][2]
    )
    assert found["Figure 1"][2] == "As printed: about 20; Read as: About; Value: 20; Unit: stones; Period: 1863"
    found = changes(life, "3..4")
    assert found["Verdict"] == ("changed", "Partly supported; the year is contradicted", "Contradicted")
    assert found["Verdict on “the height”"] == ("changed", "Supported", "Contradicted")
    assert found["Period of figure 1"] == ("changed", "1863", "from March 1863 to March 1864")
    assert found["Evidence 3"][0] == "removed"
    assert "Label of the verdict" not in found
    assert "First day of the period of figure 1" not in found


def test_a_withdrawal_and_a_restoration_are_told_whole(life: Life) -> None:
    gone = changes(life, "4..5")
    assert gone["Verdict"] == ("removed", "Contradicted", None)
    assert {"Evidence 1", "Evidence 2", "Appearance 1", "Figure 1", "Part “the height”"} <= set(gone)
    back = changes(life, "5..6")
    assert back["Verdict"] == ("added", None, "Contradicted")
    only = changes(life, "4..6")
    assert set(only) == {"Kind of version", "Note on the version"}
    assert "No change" in life.reader.page(f"{life.page}/diff/4..6").text


def test_the_page_says_both_versions_and_what_stands_beside_them(life: Life) -> None:
    page = life.reader.page(f"{life.page}/diff/3..4")
    assert not page.faults
    assert "What changed from version 3 to version 4" in page.text
    assert page.title.startswith(DENIAL)
    # In view before anything else: the reply, then the question, then each version with its verdict.
    places = [page.text.index(words) for words in (f"{DENIAL} Is it so that", "correction, 5 December 2026")]
    assert places == sorted(places)
    assert f"{DENIAL} Partly supported; the year is contradicted." in page.text
    assert f"{DENIAL} Contradicted." in page.text
    assert {"Invented note of version 3.", "Invented note of version 4."} <= set(_notes(page.text))
    ways = {address for address, _ in page.addresses(f"{life.page}/diff/3..4")}
    expected = ("/v3", "/v4", "/history", "/diff/2..3", "/diff/4..5", "/diff/3..4.json")
    assert {life.page + way for way in expected} <= ways


def _notes(text: str) -> list[str]:
    return [f"Invented note of version {number}." for number in range(7) if f"note of version {number}." in text]


def test_removed_and_added_are_told_apart_without_colour(life: Life) -> None:
    html = life.reader.get(f"{life.page}/diff/1..2").text
    gone, come = '<del><span class="aloud">(removed: </span>', '<ins><span class="aloud">(added: </span>'
    assert f"{gone}0.90<" in html
    assert f"{come}0.85<" in html
    assert f"Invented reason{come}, and a better one<" in html
    assert f'lang="ar" dir="auto">{come}ملاحظة مخترعة<' in html
    style = life.reader.get("/static/more-v1.css").text
    assert "del { text-decoration: line-through" in style
    assert "ins { text-decoration: underline" in style


def test_the_banner_says_where_the_newer_version_stands(life: Life) -> None:
    assert "superseded by version 6 of" in life.reader.page(f"{life.page}/diff/4..5").text
    assert "Restored on" in life.reader.page(f"{life.page}/diff/5..6").text


def test_words_of_others_stay_words(life: Life) -> None:
    html = life.reader.get(f"/{life.corrected.source}/diff/1..2").text
    assert HOSTILE not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; “more”" in html


@pytest.mark.parametrize(
    ("asked", "status", "to"),
    [
        ("/diff/4..2", 308, "/diff/2..4"),
        ("/diff/4..2.json", 308, "/diff/2..4.json"),
        ("/diff/v2..v4", 308, "/diff/2..4"),
        ("/diff/2..latest", 302, "/diff/2..6"),
        ("/diff/latest..2", 302, "/diff/2..6"),
        ("/diff?from=1&to=3", 303, "/diff/1..3"),
        ("/diff?from=3&to=1", 303, "/diff/1..3"),
        ("/diff?from=3&to=latest", 303, "/diff/3..6"),
        ("/diff?to=3", 303, "/diff/2..3"),
        ("/diff?from=&to=", 303, "/diff/5..6"),
        ("/diff", 303, "/diff/5..6"),
    ],
)
def test_each_pair_has_one_address(life: Life, asked: str, status: int, to: str) -> None:
    reply = life.reader.ask(life.page + asked)
    assert reply.status_code == status
    assert reply.url.join(reply.headers["location"]).path == life.page + to


def test_a_mistyped_id_is_led_to_its_place(life: Life) -> None:
    reply = life.reader.ask(f"{life.page.upper().replace('CLAIMS', 'claims')}/diff/1..2")
    assert (reply.status_code, reply.url.join(reply.headers["location"]).path) == (308, f"{life.page}/diff/1..2")
    reply = life.reader.ask(f"{life.page.upper().replace('CLAIMS', 'claims')}/diff?from=1&to=2")
    assert reply.url.join(reply.headers["location"]).path == f"{life.page}/diff"


@pytest.mark.parametrize(
    ("asked", "status", "words"),
    [
        ("/diff/2..2", 400, "Choose two different ones"),
        ("/diff?from=2&to=2", 400, "Choose two different ones"),
        ("/diff?from=x&to=2", 400, "“from” is the number of a version"),
        ("/diff/1..99", 404, "the latest is 6"),
        ("/diff/0..1", 404, "the latest is 6"),
        ("/diff/1..999999999", 404, "the latest is 6"),
        ("/diff/1", 404, "1..3"),
        ("/diff/1..2..3", 404, "1..3"),
        ("/diff/1..2.ttl", 404, ".json"),
        ("/diff/%00..1", 404, "1..3"),
        ("/diff/1..99999999999999999999", 404, "1..3"),
    ],
)
def test_what_cannot_be_compared_is_said(life: Life, asked: str, status: int, words: str) -> None:
    reply = life.reader.ask(life.page + asked, Accept="text/html;q=1, application/problem+json;q=0.1")
    assert reply.status_code == status
    assert words in reply.text
    problem = life.reader.ask(life.page + asked, Accept="application/json")
    assert problem.headers["content-type"] == "application/problem+json"
    assert words in problem.json()["detail"]


def test_a_record_that_is_not_there_has_no_changes(life: Life) -> None:
    assert life.reader.ask("/claims/000000000/diff/1..2").status_code == 404
    assert life.reader.ask("/claims/000000000/diff").status_code == 404


@pytest.mark.parametrize("kind", WHICH)
def test_every_kind_of_record_can_be_compared(life: Life, kind: str) -> None:
    path = path_of(life.library, kind)
    reply = life.reader.ask(f"{path}/diff/1..2")
    if kind in ("claim", "source"):
        assert reply.status_code == 200
    else:
        assert reply.status_code == 404
        assert "the latest is 1" in reply.text
        only = life.reader.ask(f"{path}/diff", Accept="application/json")
        assert only.status_code == 400


def test_it_costs_a_few_statements_whatever_the_versions(life: Life) -> None:
    for pair in ("1..2", "1..6", "5..6"):
        with Statements(life.library.engine) as sent:
            life.reader.get(f"{life.page}/diff/{pair}")
        assert len(sent) == 4, sent
        with Statements(life.library.engine) as sent:
            life.reader.get(f"{life.page}/diff/{pair}.json")
        assert len(sent) == 5, sent


def test_the_same_state_is_answered_with_304(life: Life) -> None:
    for address in (f"{life.page}/diff/1..2", f"{life.page}/diff/1..2.json"):
        reply = life.reader.get(address)
        assert reply.headers["cache-control"] == "no-cache"
        again = life.reader.ask(address, If_None_Match=reply.headers["etag"])
        assert (again.status_code, again.content) == (304, b"")
    other = life.reader.get(f"{life.page}/diff/1..3").headers["etag"]
    assert other != life.reader.get(f"{life.page}/diff/1..2").headers["etag"]


def test_pairs_lead_to_each_other(life: Life) -> None:
    assert (
        life.reader.get(f"{life.page}/diff/2..4.json").headers["link"]
        == '<1..2.json>; rel="prev", <4..5.json>; rel="next"'
    )
    assert life.reader.get(f"{life.page}/diff/1..2").headers["link"] == '<2..3>; rel="next"'
    assert life.reader.get(f"{life.page}/diff/5..6").headers["link"] == '<4..5>; rel="prev"'


def test_json_names_everything_for_machines(life: Life) -> None:
    reply = life.reader.get(f"{life.page}/diff/1..4", Accept="application/json")
    told = reply.json()
    assert told["address"] == f"http://localhost:8000{life.page}/diff/1..4"
    assert told["replies"] == DENIAL
    assert [told[side]["version"] for side in ("from", "to")] == [1, 4]
    assert told["from"]["line"].startswith(DENIAL)
    assert told["standing"]["state"] == "superseded"
    assert told["standing"]["latest_version"] == 6
    assert reply.headers["access-control-allow-origin"] == "*"
    assert len(reply.headers["claimbase-head"]) == 64
