"""Signing in and out: cookies, sessions that end at the next request, links, and nothing lost on the way."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kb.db import writing
from kb.desk.accounts import change_roles, disable_account, named
from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.chance import from_now
from kb.desk.factors import remove_factor
from kb.desk.invitations import make_link, make_welcome
from kb.desk.tables import Account, SignIn
from tests.support.desk import HOST, PASSWORD, Editor, TestDesk

COOKIE = "claimbase"
TLS = "https://localhost:8000"


def is_in(editor: Editor) -> bool:
    return editor.look("/desk").status == 200


def do(desk: TestDesk, deed: Callable[[Session, Account], object], name: str) -> None:
    with writing(desk.app.state.desk.engine) as session:
        deed(session, named(session, name))


def later(**fields: timedelta) -> Callable[[Session, Account], object]:
    """The sessions of the account as they are after so long."""

    def deed(session: Session, account: Account) -> None:
        back = {name: from_now(session, -span) for name, span in fields.items()}
        session.execute(update(SignIn).where(SignIn.account_id == account.id).values(back))

    return deed


def test_a_stranger_is_led_to_sign_in_and_back(common_desk: TestDesk) -> None:
    common_desk.account("Led back", "editor")
    editor = common_desk.stranger("Led back")
    asked = editor.look("/desk/topics/new?label=Heights")
    assert asked.status == 303
    form = editor.open("/desk/" + asked.reply.headers["location"].rpartition("desk/")[2])
    sent = editor.send(form, {"name": "Led back", "password": PASSWORD})
    assert editor.follow(sent).form().xpath("string(.//input[@name='label']/@value)") == "Heights"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "https://evil.example/desk",
        "/desk//evil.example",
        "/desk/\\evil.example",
        "/claims",
        "/desk\n",
    ],
)
def test_it_leads_nowhere_but_to_the_desk(common_desk: TestDesk, elsewhere: str) -> None:
    common_desk.account("Led away", "editor")
    editor = common_desk.stranger("Led away")
    sent = editor.send(editor.open("/desk/sign-in"), {"name": "Led away", "password": PASSWORD, "next": elsewhere})
    assert (sent.status, sent.reply.headers["location"]) == (303, "../desk")


def test_every_failure_has_one_answer_and_no_password_comes_back(common_desk: TestDesk) -> None:
    common_desk.account("Known", "editor")
    common_desk.account("Shut out", "editor")
    do(common_desk, lambda session, one: disable_account(session, LOCAL_OPERATOR, one), "Shut out")
    answers = set()
    for name, password in (("Known", "wrong wrong"), ("Unknown", PASSWORD), ("Shut out", PASSWORD), ("\0", PASSWORD)):
        stranger = common_desk.stranger()
        sent = stranger.send(stranger.open("/desk/sign-in"), {"name": name, "password": password})
        assert sent.status == 422
        assert password not in sent.reply.text
        assert sent.form().xpath("string(.//input[@name='name']/@value)") == name.replace("\0", "\ufffd")
        answers.add(tuple(sent.faults()))
        assert not is_in(stranger)
    assert len(answers) == 1


def test_too_many_tries_are_told_when_to_come_again(common_desk: TestDesk) -> None:
    stranger = common_desk.stranger()
    for _ in range(10):
        sent = stranger.send(stranger.open("/desk/sign-in"), {"name": "Guessed", "password": "guess guess"})
        assert sent.status == 422
    sent = stranger.send(stranger.open("/desk/sign-in"), {"name": "Guessed", "password": "guess guess"})
    assert sent.status == 429
    assert 0 < int(sent.reply.headers["retry-after"]) <= 15 * 60
    assert "This was tried too often. Wait 15 minutes" in sent.text
    assert sent.form().xpath("string(.//input[@name='name']/@value)") == "Guessed"


def test_cookies_are_out_of_reach(common_desk: TestDesk) -> None:
    common_desk.account("Cookies", "editor")
    for base, start in ((HOST, f"{COOKIE}="), (TLS, f"__Host-{COOKIE}=")):
        editor = common_desk.stranger("Cookies", base)
        form = editor.open("/desk/sign-in")
        sent = editor.send(form, {"name": "Cookies", "password": PASSWORD})
        given = [*form.reply.headers.get_list("set-cookie"), *sent.reply.headers.get_list("set-cookie")]
        assert len(given) == 3  # that of the form, which then goes, and that of the session
        assert any(one.startswith(start) for one in given)
        for one in given:
            assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(one.split("; ")), one
            assert ("Secure" in one.split("; ")) == (base == TLS), one
            assert one.startswith("__Host-") == (base == TLS), one
            assert "Domain" not in one


def test_a_session_that_was_planted_is_not_taken_up(common_desk: TestDesk) -> None:
    """Fixation: whatever the browser had before, what it has afterwards is new, and the old one is over."""
    planted = common_desk.editor("Planter", "editor")
    known = planted.client.cookies[COOKIE]
    common_desk.account("Victim", "editor")
    for value in (known, "of-my-own-choice"):
        victim = common_desk.stranger("Victim")
        victim.client.cookies.set(COOKIE, value, domain="localhost.local")
        victim.sign_in()
        assert victim.client.cookies[COOKIE] != value
    assert not is_in(planted)


ENDS: dict[str, Callable[[Session, Account], object]] = {
    "disabled": lambda session, one: disable_account(session, LOCAL_OPERATOR, one),
    "other roles": lambda session, one: change_roles(session, LOCAL_OPERATOR, one, ["contributor"]),
    "password reset": lambda session, one: make_link(session, LOCAL_OPERATOR, one, "reset"),
    "idle": later(seen_at=timedelta(hours=8)),
    "too old": later(started_at=timedelta(days=7)),
}


@pytest.mark.parametrize("why", ENDS)
def test_a_session_ends_at_the_next_request(common_desk: TestDesk, why: str) -> None:
    editor = common_desk.editor(f"Ended: {why}", "editor")
    assert is_in(editor)
    do(common_desk, ENDS[why], editor.name)
    asked = editor.look("/desk")
    assert (asked.status, asked.reply.headers["location"]) == (303, "./desk/sign-in?next=%2Fdesk")


@pytest.mark.parametrize("fields", [{"seen_at": timedelta(minutes=30)}, {"started_at": timedelta(hours=12)}])
def test_an_admins_session_ends_sooner(common_desk: TestDesk, fields: dict[str, timedelta]) -> None:
    name = f"Admin, {next(iter(fields))}"
    admin = common_desk.editor(name, "admin")
    almost = {key: span - timedelta(minutes=1) for key, span in fields.items()}
    do(common_desk, later(**almost), name)
    assert is_in(admin)
    do(common_desk, later(**fields), name)
    assert not is_in(admin)


def test_signing_out_ends_the_session_itself(common_desk: TestDesk) -> None:
    editor, thief = common_desk.editor("Leaving", "editor"), common_desk.stranger("Leaving")
    thief.client.cookies.set(COOKIE, editor.client.cookies[COOKIE], domain="localhost.local")
    assert is_in(thief)
    out = editor.save(editor.open("/desk"), action="/desk/sign-out")
    assert "You are signed out." in out.text
    assert COOKIE not in editor.client.cookies
    assert not is_in(thief)
    # The button of a page that is still open in another tab says so, and leads nowhere that is no page.
    again = thief.ask("POST", "/desk/sign-out", data={"token": ""})
    assert again.status_code == 401
    assert "Nothing of what you wrote" not in again.text


def test_what_was_being_written_is_kept_whatever_it_is(common_desk: TestDesk) -> None:
    editor = common_desk.editor("Kept", "editor")
    label = "“Höhe” & <b>\n\t日本 100%25 +" + "é" * 200_000
    values = {"label": label, "slug": "kept-words", "identifiers.0.value": "="}
    page = editor.open("/desk/topics/new")
    editor.client.cookies.clear()
    kept = editor.send(page, values)
    assert kept.status == 401
    assert "Nothing of what you wrote is lost" in kept.text
    wrong = editor.send(kept, {"name": "Kept", "password": "not this one"})
    assert wrong.status == 422
    assert "Nothing of what you wrote is lost" in wrong.text
    goes_on = editor.send(wrong, {"name": "Kept", "password": PASSWORD})
    assert goes_on.status == 200
    for name, value in values.items():
        assert goes_on.form().xpath(f".//input[@name='{name}']")[0].get("value") == value


def test_no_password_is_kept(common_desk: TestDesk) -> None:
    editor = common_desk.editor("No secret", "editor")
    page = editor.open("/desk/account")
    editor.client.cookies.clear()
    kept = editor.send(page, {"old": PASSWORD, "new": "another battery"}, action="/password")
    assert kept.status == 401
    assert PASSWORD not in kept.reply.text
    assert "another battery" not in kept.reply.text


@pytest.mark.parametrize("sent", ["x", "[]", "{}", '[["a"]]', '[["a", "\\ud800"]]', '[["a", 1]]', "[" * 100_000])
def test_what_no_page_of_ours_has_kept_is_let_go(common_desk: TestDesk, sent: str) -> None:
    common_desk.account("Forged", "editor")
    editor = common_desk.stranger("Forged")
    values = {"name": "Forged", "password": PASSWORD, "kept": sent, "next": "/desk/topics/new"}
    answer = editor.send(editor.open("/desk/sign-in"), values)
    assert answer.status == (200 if sent == "[]" else 303)


def test_a_link_sets_the_password_once(common_desk: TestDesk) -> None:
    common_desk.account("Linked", "editor")
    before = common_desk.editor("Linked")
    with writing(common_desk.app.state.desk.engine) as session:
        token = make_link(session, LOCAL_OPERATOR, named(session, "Linked"), "reset")
    assert not is_in(before)
    stranger = common_desk.stranger("Linked")
    page = stranger.open(f"/desk/welcome/{token}")
    late = common_desk.stranger()
    late_page = late.open(page.path)
    short = stranger.send(page, {"password": "short"})
    assert short.status == 422
    assert any("has 5 characters" in fault for fault in short.faults())
    done = stranger.save(short, {"password": "a fresh battery"})
    assert "The password is set. Please sign in." in done.text
    stranger.sign_in("a fresh battery")
    assert is_in(stranger)
    for spent in (token, "unknown", "%00", "x" * 5000):
        answer = common_desk.stranger().look(f"/desk/welcome/{spent}")
        assert answer.status == 404
        assert "This link is not good, or no longer." in answer.text
    assert late.send(late_page, {"password": "a third battery"}).status == 404


def test_the_first_admin_begins_the_desk(desk: TestDesk) -> None:
    with writing(desk.app.state.desk.engine) as session:
        token = make_welcome(session)
    stranger = desk.stranger("R. Roe")
    page = stranger.open(f"/desk/welcome/{token}")
    assert "You will be its first admin" in page.text
    assert any("name" in fault.lower() for fault in stranger.send(page, {"password": PASSWORD}).faults())
    stranger.save(page, {"name": "R. Roe", "password": PASSWORD})
    stranger.sign_in()
    assert "R. Roe" in stranger.open("/desk/people").text
    assert desk.stranger().look(f"/desk/welcome/{token}").status == 404


def test_a_page_notes_that_somebody_is_there_at_most_once_a_minute(common_desk: TestDesk) -> None:
    editor = common_desk.editor("Seen", "editor")
    do(common_desk, later(seen_at=timedelta(hours=2)), "Seen")

    def seen() -> str:
        with writing(common_desk.app.state.desk.engine) as session:
            found = select(SignIn.seen_at).join(Account).where(Account.name == "Seen")
            return str(session.scalars(found).one())

    before = seen()
    assert is_in(editor)
    noted = seen()
    assert noted > before
    assert is_in(editor)
    assert seen() == noted


def test_the_second_factor_can_be_taken_away_from_whoever_is_in(common_desk: TestDesk) -> None:
    """A session that was opened with a device that is lost does not outlive it."""
    editor = common_desk.editor("Lost device", "editor")
    editor.save(editor.open("/desk/account/factor"), action="/factor/new")
    do(common_desk, lambda session, one: remove_factor(session, LOCAL_OPERATOR, one), "Lost device")
    assert not is_in(editor)


def test_a_form_that_was_opened_in_an_earlier_session_is_not_lost(common_desk: TestDesk) -> None:
    editor = common_desk.editor("Two windows", "editor")
    page = editor.open("/desk/topics/new")
    editor.sign_in()
    refused = editor.send(page, {"label": "Written before"})
    assert refused.status == 403
    assert "What you wrote is here, and not saved yet." in refused.text
    assert "Written before" not in editor.open("/desk/topics").text
    assert "Written before" in editor.save(refused).reply.text


def test_no_other_site_can_have_a_form_shown_to_go_on_with(common_desk: TestDesk) -> None:
    editor = common_desk.editor("Other sites", "editor")
    for heads in ({}, {"Origin": HOST}, {"Sec-Fetch-Site": "none"}, {"Sec-Fetch-Site": "cross-site"}):
        reply = editor.ask("POST", "/desk/topics/new", data={"token": "0" * 64, "label": "Forged"}, headers=heads)
        assert reply.status_code == 403
        assert "Forged" not in reply.text
    own = {"Sec-Fetch-Site": "same-origin"}
    reply = editor.ask(
        "POST", "/desk/account/password", data={"old": "secret battery", "new": "other battery"}, headers=own
    )
    assert reply.status_code == 403
    assert "battery" not in reply.text
