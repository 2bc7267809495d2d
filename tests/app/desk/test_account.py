"""One's own account: password, sessions, and a second factor whose secret and codes are shown once."""

import pyotp
from sqlalchemy import select, update

from kb.db import writing
from kb.desk.tables import Account, RecoveryCode
from tests.support.desk import PASSWORD, Editor, Sheet, TestDesk
from tests.support.statements import Statements

FACTOR = "/desk/account/factor"


def is_in(editor: Editor) -> bool:
    return editor.look("/desk/account").status == 200


def secret_in(page: Sheet) -> str:
    """As somebody would type it off."""
    return str(page.tree.xpath("string(//dt[text()='Secret']/following-sibling::dd)")).replace(" ", "")


def codes_in(page: Sheet) -> list[str]:
    return [one.text_content() for one in page.tree.xpath("//ul[@class='codes']/li")]


def forget_step(desk: TestDesk, name: str) -> None:
    """As half a minute later: the code of this moment can be used again."""
    with writing(desk.app.state.desk.engine) as session:
        session.execute(update(Account).where(Account.name == name).values(totp_step=1))


def with_factor(desk: TestDesk, editor: Editor) -> tuple[str, list[str]]:
    """The secret, and the recovery codes."""
    page = editor.save(editor.open(FACTOR), action="/factor/new")
    secret = secret_in(page)
    done = editor.send(page, {"code": pyotp.TOTP(secret).now()}, action="/factor")
    assert done.status == 200, done.faults()
    forget_step(desk, editor.name)
    return secret, codes_in(done)


def test_roles_are_told_in_plain_words(common_desk: TestDesk) -> None:
    page = common_desk.editor("Plain", "editor", "publisher").open("/desk/account")
    assert page.tree.xpath("string(//h1)") == "Plain"
    assert [one.text_content() for one in page.tree.xpath("//dl//dt")] == ["Editor", "Publisher"]
    assert "what readers see changes by this role alone" in page.text
    assert "Lets people in" not in page.text


def test_the_password_is_changed_and_every_other_session_ends(common_desk: TestDesk) -> None:
    here, there = common_desk.editor("Changer", "editor"), common_desk.editor("Changer")
    page, before = here.open("/desk/account"), here.client.cookies["claimbase"]
    wrong = here.send(page, {"old": "not the one", "new": "a new battery"}, action="/password")
    assert wrong.status == 422
    assert any("not the password" in one for one in wrong.faults())
    short = here.send(page, {"old": PASSWORD, "new": "short"}, action="/password")
    assert any("has 5 characters" in one for one in short.faults())
    for sheet in (wrong, short):
        assert PASSWORD not in sheet.reply.text
        assert "a new battery" not in sheet.reply.text
    assert is_in(there)
    done = here.save(page, {"old": PASSWORD, "new": "a new battery"}, action="/password")
    assert "The password is changed." in done.text
    assert here.client.cookies["claimbase"] != before
    assert not is_in(there)
    there.sign_in("a new battery")


def test_the_password_cannot_be_guessed_from_a_browser_left_open(common_desk: TestDesk) -> None:
    editor = common_desk.editor("Left open", "editor")
    page = editor.open("/desk/account")
    tries = [editor.send(page, {"old": "guess", "new": "a new battery"}, action="/password") for _ in range(11)]
    assert [one.status for one in tries] == [422] * 10 + [429]
    assert "retry-after" in tries[-1].reply.headers


def test_one_signs_out_there(common_desk: TestDesk) -> None:
    here, there = common_desk.editor("Two places", "editor"), common_desk.editor("Two places")
    page = here.open("/desk/account")
    assert page.text.count("This browser") == 1
    ways = page.tree.xpath("//form[contains(@action, '/sessions/')]/@action")
    assert len(ways) == 1
    assert "That session is ended." in here.save(page, action=ways[0].removeprefix("..")).text
    assert is_in(here)
    assert not is_in(there)
    other = common_desk.editor("Somebody else", "editor", "publisher")
    number = int(ways[0].split("/")[-2]) - 1  # that of the one who is here
    token = other.open("/desk/account").form("/password").xpath("string(.//input[@name='token']/@value)")
    assert other.ask("POST", f"/desk/account/sessions/{number}/end", data={"token": token}).status_code == 404
    assert is_in(here)


def test_a_second_factor_is_set_up_and_then_asked_for(common_desk: TestDesk) -> None:
    editor, elsewhere = common_desk.editor("Careful", "editor"), common_desk.editor("Careful")
    assert "None is set up." in editor.open("/desk/account").text
    page = editor.save(editor.open(FACTOR), action="/factor/new")
    secret = secret_in(page)
    address = page.tree.xpath("string(//a[text()='Open it in an app']/@href)")
    assert pyotp.parse_uri(address).secret == secret
    assert pyotp.parse_uri(address).name == "Careful"
    assert secret_in(editor.open(FACTOR)) == secret
    wrong = editor.send(page, {"code": "000000"}, action="/factor")
    assert wrong.status == 422
    assert any("not the code of this moment" in one for one in wrong.faults())
    assert secret_in(wrong) == secret
    done = editor.send(page, {"code": f" {pyotp.TOTP(secret).now()} "}, action="/factor")
    assert done.status == 200
    assert len(set(codes_in(done))) == 10
    for later in (editor.open(FACTOR), editor.open("/desk/account")):
        assert secret not in later.reply.text.replace(" ", "")
        assert codes_in(done)[0] not in later.reply.text
    assert not is_in(elsewhere)
    # What was shown before is not to be had by sending the form of then again.
    assert editor.send(page, {"code": pyotp.TOTP(secret).now()}, action="/factor").status == 422
    assert editor.send(page, action="/factor/new").status == 422


def test_signing_in_takes_a_code_then_each_once(common_desk: TestDesk) -> None:
    secret, codes = with_factor(common_desk, common_desk.editor("Coded", "editor"))
    anew = common_desk.stranger("Coded")
    asked = anew.send(anew.open("/desk/sign-in"), {"name": "Coded", "password": PASSWORD})
    assert asked.status == 422
    assert any("A code is wanted besides." in one for one in asked.faults())
    assert asked.form().xpath("string(.//input[@name='name']/@value)") == "Coded"
    assert PASSWORD not in asked.reply.text
    # Whoever does not know the password is not told that there is a second factor.
    guess = anew.send(asked, {"password": "guess guess"})
    assert any("is not right" in one for one in guess.faults())
    code = pyotp.TOTP(secret).now()
    assert anew.send(asked, {"password": PASSWORD, "code": code}).status == 303
    for given, status in ((code, 422), (codes[0].upper(), 303), (codes[0], 422), (codes[1].replace("-", " "), 303)):
        more = common_desk.stranger("Coded")
        form = more.open("/desk/sign-in")
        assert more.send(form, {"name": "Coded", "password": PASSWORD, "code": given}).status == status, given


def test_new_recovery_codes_take_the_password(common_desk: TestDesk) -> None:
    editor = common_desk.editor("Recovering", "editor")
    _, codes = with_factor(common_desk, editor)
    page = editor.open(FACTOR)
    wrong = editor.send(page, {"password": "guess guess"}, action="/codes")
    assert wrong.status == 422
    assert codes_in(wrong) == []
    done = editor.send(page, {"password": PASSWORD}, action="/codes")
    assert done.status == 200
    assert len(codes_in(done)) == 10
    assert not set(codes) & set(codes_in(done))
    with writing(common_desk.app.state.desk.engine) as session:
        mine = select(RecoveryCode).join(Account).where(Account.name == "Recovering")
        assert len(session.scalars(mine).all()) == 10


def test_nobody_has_codes_without_a_factor(common_desk: TestDesk) -> None:
    editor = common_desk.editor("No factor", "editor")
    token = editor.open("/desk/account").form("/password").xpath("string(.//input[@name='token']/@value)")
    sent = editor.ask("POST", f"{FACTOR}/codes", data={"token": token, "password": PASSWORD})
    assert sent.status_code == 422
    assert "There is no second factor" in sent.text


def test_whoever_needs_a_factor_is_led_to_it_and_can_do_little_before(open_to_all: TestDesk) -> None:
    for name, roles in (("Reviewer", ["reviewer"]), ("Publisher", ["editor", "publisher"]), ("Admin", ["admin"])):
        open_to_all.account(name, *roles)
        editor = open_to_all.stranger(name)
        sent = editor.send(editor.open("/desk/sign-in?next=/desk/history"), {"name": name, "password": PASSWORD})
        assert sent.reply.headers["location"] == "../desk/account/factor"
        assert "Your roles need it" in editor.follow(sent).text
        told = "Some of your roles wait for a second factor"
        for path in ("/desk", "/desk/account", "/desk/history", "/desk/topics"):
            page = editor.open(path)
            assert told in page.text, path
            assert page.tree.xpath("//p[@class='notice']/a[contains(@href, 'desk/account/factor')]"), path
        assert editor.look("/desk/topics/new").status == (200 if "editor" in roles else 403)
        people = editor.look("/desk/people")
        assert people.status == 403
        assert "set it up on the page of your account" in people.text
        with_factor(open_to_all, editor)
        assert told not in editor.open("/desk").text
        assert editor.look("/desk/people").status == (200 if "admin" in roles else 403)


def test_whoever_needs_none_is_not_troubled(open_to_all: TestDesk) -> None:
    editor = open_to_all.editor("Drafter", "editor")
    assert "second factor" not in editor.open("/desk").text
    assert "With one, a stolen password alone lets nobody in." in editor.open("/desk/account").text


def test_the_page_takes_as_many_statements_whatever_there_is(common_desk: TestDesk) -> None:
    counts = []
    for _ in range(3):
        editor = common_desk.editor("Many sessions", "editor")
        with Statements(common_desk.app.state.desk.readers) as seen:
            editor.open("/desk/account")
        counts.append(len(seen))
    assert counts[0] == counts[2] <= 8
