"""Every unsafe route, listed from the app itself, refuses what no form of this session has sent; nothing changes."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from app.desk.rooms import ANYBODY
from tests.support.desk import HOST, PASSWORD, Editor, TestDesk
from tests.support.rooms import ROLES, Scene, routes, scene, state, token_of

OWN = {"Origin": HOST, "Sec-Fetch-Site": "same-origin"}
# Headers that a browser sends with a form of another site's, or that nobody but a forger sends.
FOREIGN: Mapping[str, Mapping[str, str]] = {
    "foreign origin": {"Origin": "https://evil.example"},
    "no origin to be named": {"Origin": "null"},
    "empty origin": {"Origin": ""},
    "another port": {"Origin": "http://localhost:8001"},
    "our name in front of another": {"Origin": f"{HOST}.evil.example"},
    "no address": {"Origin": "http://["},
    "another site": {"Origin": HOST, "Sec-Fetch-Site": "cross-site"},
    "a site beside ours": {"Origin": HOST, "Sec-Fetch-Site": "same-site"},
    "site alone": {"Sec-Fetch-Site": "cross-site"},
}
KINDS = ("text/plain", "application/json", "text/html", "", "multipart/mixed; boundary=x")


@pytest.fixture(scope="module")
def place(common_desk: TestDesk) -> tuple[TestDesk, Scene, Editor]:
    """Somebody who may do everything: nothing but the token and where it comes from is wrong."""
    return common_desk, scene(common_desk), common_desk.editor("All roles", *ROLES)


def send_everywhere(
    place: tuple[TestDesk, Scene, Editor], who: Editor, **more: Any
) -> Iterator[tuple[str, frozenset[str], int]]:
    """Path, verbs, and how it was answered."""
    desk, known, _ = place
    before = state(desk.app.state.desk.engine)
    found = list(routes(desk.app, "POST"))
    assert len(found) > 50
    for route in found:
        reply = who.ask("POST", known.at(route.path), **more)
        assert "set-cookie" not in reply.headers or "claimbase-form" in reply.headers["set-cookie"]
        yield route.path, route.verbs, reply.status_code
    after = state(desk.app.state.desk.engine)
    # That somebody tried to sign in is noted, since tries are counted.
    assert {name for name in after if after[name] != before[name]} <= ({"attempt"} if not who.name else set())


def filled(token: str) -> dict[str, str]:
    """Enough for some forms to be taken, so that a refusal is the guard's."""
    words = {"label": "Heights", "name": "Taken", "body": "Words.", "reason": "Why not?", "password": PASSWORD}
    return {"token": token, **words} if token else words


def test_without_the_token(place: tuple[TestDesk, Scene, Editor]) -> None:
    for path, _, status in send_everywhere(place, place[2], data=filled(""), headers=OWN):
        assert status == 403, path


def test_with_the_token_of_another_session(place: tuple[TestDesk, Scene, Editor]) -> None:
    token = token_of(place[0].editor("All roles"))
    for path, _, status in send_everywhere(place, place[2], data=filled(token), headers=OWN):
        assert status == 403, path


@pytest.mark.parametrize("why", ["foreign origin", "no origin to be named", "another site"])
def test_from_elsewhere(place: tuple[TestDesk, Scene, Editor], why: str) -> None:
    token = token_of(place[2])
    for path, _, status in send_everywhere(place, place[2], data=filled(token), headers=FOREIGN[why]):
        assert status == 403, path


def test_of_another_kind(place: tuple[TestDesk, Scene, Editor]) -> None:
    body = f"token={token_of(place[2])}&label=Heights".encode()
    plain = {**OWN, "Content-Type": "text/plain"}
    for path, _, status in send_everywhere(place, place[2], content=body, headers=plain):
        assert status == 415, path


def test_in_every_other_wrong_way(place: tuple[TestDesk, Scene, Editor]) -> None:
    """On one route; all go through the same door, as the tests above show."""
    desk, _, editor = place
    before, path, token = state(desk.app.state.desk.engine), "/desk/topics/new", token_of(editor)
    for given in ("0" * 64, "é", "x" * 100_000, token_of(desk.stranger()), token.upper(), token[:-1], f" {token}"):
        assert editor.ask("POST", path, data=filled(given), headers=OWN).status_code == 403, given[:100]
    for why, heads in FOREIGN.items():
        assert editor.ask("POST", path, data=filled(token), headers=heads).status_code == 403, why
    for kind in KINDS:
        heads = {**OWN, "Content-Type": kind}
        assert editor.ask("POST", path, content=b"token=" + token.encode(), headers=heads).status_code == 415, kind
    for method in ("PUT", "PATCH", "DELETE", "TRACE"):
        assert editor.ask(method, path, data=filled(token), headers=OWN).status_code == 405, method
    assert editor.ask("GET", path, params=filled(token)).status_code == 200
    assert state(desk.app.state.desk.engine) == before


def test_without_a_session(place: tuple[TestDesk, Scene, Editor]) -> None:
    stranger = place[0].stranger()
    token = token_of(stranger)
    for path, verbs, status in send_everywhere(place, stranger, data=filled(token), headers=OWN):
        assert status == 401 or ANYBODY in verbs, path


def test_without_a_cookie_nobody_signs_in(place: tuple[TestDesk, Scene, Editor]) -> None:
    """Else another site could sign a browser in under a name of its own choice."""
    stranger = place[0].stranger()
    token = token_of(stranger)
    stranger.client.cookies.clear()
    sent = stranger.ask("POST", "/desk/sign-in", data={"token": token, "name": "All roles", "password": PASSWORD})
    assert sent.status_code == 403
    assert "claimbase=" not in sent.headers.get("set-cookie", "")


def test_all_of_them_let_in_what_their_own_page_sends(place: tuple[TestDesk, Scene, Editor]) -> None:
    """Else the tests above would prove nothing."""
    desk, known, editor = place
    token = token_of(editor)
    for route in routes(desk.app, "POST"):
        if route.path != "/desk/sign-out":
            reply = editor.ask("POST", known.nowhere(route.path), data={"token": token}, headers=OWN)
            assert reply.status_code in (200, 303, 404, 409, 422), (route.path, reply.status_code)
    # Browsers of before send neither; the token alone is enough then.
    assert editor.ask("POST", "/desk/topics/new", data={"token": token, "label": "Without heads"}).status_code == 303
    assert editor.ask("POST", "/desk/sign-out", data={"token": token}, headers=OWN).status_code == 303
