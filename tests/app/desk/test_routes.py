"""Every route of the desk, listed from the app itself: its verbs, who is let in, and that looking writes nothing."""

import re

import pytest
from fastapi import FastAPI
from starlette.responses import Response

from app.desk.rooms import ANYBODY, SIGNED_IN, Rooms, check_rooms
from app.desk.routes import router
from app.desk.visit import Visit
from app.web.headers import SECURITY
from kb.desk.actors import ALL_VERBS, VERBS
from tests.support.desk import HOST, Editor, TestDesk
from tests.support.rooms import ROLES, Route, Scene, routes, scene, state, token_of
from tests.support.statements import Statements

# INTERFACES, “Roles”, written out again: whoever changes the one must mean it.
TABLE = {
    "contributor": {"edit"},
    "editor": {"edit", "assess", "submit"},
    "reviewer": {"review"},
    "publisher": {"publish", "correct", "withdraw", "restore", "merge", "redact"},
    "admin": {"people", "settings", "redact"},
}
# What reaches readers, other people, or a judgement, and the one verb for it.
GRAVE = {
    "/desk/records/{id}/publish": "publish",
    "/desk/records/{id}/withdraw": "withdraw",
    "/desk/records/{id}/restore": "restore",
    "/desk/records/{id}/approve": "review",
    "/desk/records/{id}/return": "review",
    "/desk/records/{id}/submit": "submit",
    "/desk/claims/{id}/assessment": "assess",
}
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER", "TRUNCATE")
NOBODYS = {"/desk/sign-in", "/desk/welcome/{token}"}


@pytest.fixture(scope="module")
def place(common_desk: TestDesk) -> tuple[TestDesk, Scene]:
    return common_desk, scene(common_desk)


def test_there_are_routes_to_be_looked_at(common_desk: TestDesk) -> None:
    assert len(list(routes(common_desk.app, "GET"))) > 50
    assert len(list(routes(common_desk.app, "POST"))) > 50
    for method in ("PUT", "PATCH", "DELETE", "OPTIONS"):
        assert not list(routes(common_desk.app, method))


def test_every_route_names_verbs(common_desk: TestDesk) -> None:
    for route in [*routes(common_desk.app, "GET"), *routes(common_desk.app, "POST")]:
        assert route.verbs, route.path
        assert route.verbs <= ALL_VERBS | {SIGNED_IN, ANYBODY}, route.path
        assert (ANYBODY in route.verbs) == (route.path in NOBODYS), route.path
        if route.method == "POST" and route.path.startswith("/desk/people"):
            assert route.verbs == {"people"}
        if route.method == "POST" and route.path in GRAVE:
            assert route.verbs == {GRAVE[route.path]}
        if route.method == "POST" and SIGNED_IN in route.verbs:
            assert route.path.startswith(("/desk/account/", "/desk/sign-out")), route.path
    assert VERBS == TABLE


def test_the_app_refuses_to_start_with_a_route_that_names_none() -> None:
    app = FastAPI()
    with pytest.raises(ValueError, match="the app has no desk"):
        check_rooms(app)
    app.include_router(router)
    check_rooms(app)

    @app.get("/desk/open")
    def open_to_everybody() -> str:
        return "drafts"

    with pytest.raises(ValueError, match="the route /desk/open of the desk names no verb"):
        check_rooms(app)


@pytest.mark.parametrize("verbs", [(), ("no such verb",), ("edit", "no such verb")])
def test_a_page_cannot_be_registered_without_a_verb_that_there_is(verbs: tuple[str, ...]) -> None:
    def page(visit: Visit) -> Response:
        return Response()

    with pytest.raises(ValueError, match="names verbs that there are"):
        Rooms().page("/desk/open", *verbs)(page)
    with pytest.raises(ValueError, match="names verbs that there are"):
        Rooms().deed("/desk/open", *verbs)(page)


def test_looking_writes_nothing(place: tuple[TestDesk, Scene]) -> None:
    desk, known = place
    editor = desk.editor("All roles", *ROLES)
    before, seen_pages = state(desk.app.state.desk.engine), 0
    with Statements(desk.app.state.desk.engine) as seen, Statements(desk.app.state.desk.readers) as read:
        for route in routes(desk.app, "GET"):
            path = known.at(route.path)
            answer = editor.look(path)
            assert answer.status in (200, 303, 404, 409, 422), path
            seen_pages += answer.status == 200
    # With addresses that name nothing this test would prove little.
    assert seen_pages > 45
    told = [one for one in seen if one.lstrip().upper().startswith(WRITES) and not one.startswith("UPDATE sign_in")]
    assert told == []
    assert [one for one in read if one.lstrip().upper().startswith(WRITES)] == []
    assert state(desk.app.state.desk.engine) == before


def test_whoever_is_not_signed_in_sees_no_page(place: tuple[TestDesk, Scene]) -> None:
    desk, known = place
    for editor in (desk.stranger(), with_cookie(desk.stranger(), "of-nobody")):
        before = state(desk.app.state.desk.engine)
        for route in routes(desk.app, "GET"):
            answer = editor.look(known.at(route.path))
            if route.path not in NOBODYS:
                assert answer.status == 303, route.path
                assert "desk/sign-in" in answer.reply.headers["location"]
                assert answer.reply.content == b""
        assert state(desk.app.state.desk.engine) == before


def with_cookie(editor: Editor, value: str) -> Editor:
    editor.client.cookies.set("claimbase", value, domain="localhost.local")
    return editor


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_what_its_verbs_name_and_nothing_else(place: tuple[TestDesk, Scene], role: str) -> None:
    desk, known = place
    editor = desk.editor(f"Only {role}", role)
    token, shut = token_of(editor), 0
    before = state(desk.app.state.desk.engine)
    for route in [*routes(desk.app, "GET"), *routes(desk.app, "POST")]:
        if route.verbs & {SIGNED_IN, ANYBODY}:
            continue
        may = bool(TABLE[role] & route.verbs)
        # Where the role does not suffice, everything else does; where it does, nothing is to be done.
        answer = knock(editor, route, known.nowhere(route.path) if may else known.at(route.path), token)
        assert (answer == 403) == (not may), (role, route)
        shut += not may
    assert shut > 15
    assert state(desk.app.state.desk.engine) == before


def knock(editor: Editor, route: Route, path: str, token: str) -> int:
    if route.method == "GET":
        return editor.look(path).status
    return editor.ask("POST", path, data={"token": token}, headers={"Accept": "text/html"}).status_code


def test_every_answer_is_safe_and_kept_nowhere(place: tuple[TestDesk, Scene]) -> None:
    desk, known = place
    editor, stranger = desk.editor("All roles", *ROLES), desk.stranger()
    for route in [*routes(desk.app, "GET"), *routes(desk.app, "POST")]:
        there, nowhere = known.at(route.path), known.nowhere(route.path)
        for who, path, accept in (
            (editor, there, "text/html"),
            (editor, nowhere, "text/html"),
            (stranger, there, "*/*"),
        ):
            reply = who.ask(route.method, path, headers={"Accept": accept})
            assert reply.status_code < 500, (route, path)
            assert reply.headers["cache-control"] == "no-store", (route, reply.status_code)
            assert "access-control-allow-credentials" not in reply.headers
            for name, value in SECURITY.items():
                # Bytes of somebody else's are shut in more tightly still.
                assert reply.headers[name] in (value, "sandbox; default-src 'none'"), (route, name)


def test_an_id_that_no_database_takes_is_that_of_nothing(place: tuple[TestDesk, Scene]) -> None:
    desk = place[0]
    who = desk.editor("All roles", *ROLES)
    filled = {"token": token_of(who), "body": "Words.", "reason": "Why not?", "kind": "update", "unreviewed": "Alone."}
    for route in [*routes(desk.app, "GET"), *routes(desk.app, "POST")]:
        if "{id}" in route.path:
            path = re.sub(r"{\w+}", "1", route.path.replace("{id}", "%00"))
            more = {"data": filled, "headers": {"Origin": HOST}} if route.method == "POST" else {}
            assert who.ask(route.method, path, **more).status_code < 500, (route.method, path)


@pytest.mark.parametrize("row", ["a.1.\u00b2", f"a.1.{'1' * 5000}", "a.1.", ".1", "1"])
def test_a_button_for_a_row_that_no_form_has(place: tuple[TestDesk, Scene], row: str) -> None:
    who = place[0].stranger()
    sheet = who.open("/desk/sign-in")
    assert who.send(sheet, {"name": "Nobody here", "password": "wrong"}, do=f"remove:{row}").status == 422
