"""People at the desk: let in by a link that is shown once, given roles, shut out; the last admin stays."""

import pytest

from app.desk.role_words import ROLE_WORDS
from kb.desk.actors import VERBS
from tests.support.desk import PASSWORD, Editor, Sheet, TestDesk
from tests.support.statements import Statements


@pytest.fixture
def admin(common_desk: TestDesk) -> Editor:
    return common_desk.editor("A. Admin", "admin")


def link_in(page: Sheet) -> str:
    """Its path; the address is that of this knowledge base."""
    address = str(page.tree.xpath("string(//p[contains(@class, 'one-link')])"))
    assert address.startswith("http://localhost:8000/desk/welcome/")
    return address.removeprefix("http://localhost:8000")


def invite(admin: Editor, name: str, *roles: str) -> Sheet:
    """The page with the link."""
    sent = admin.send(admin.open("/desk/people"), {"name": name, "roles": roles})
    assert sent.status == 200, sent.faults()
    return sent


def person(admin: Editor, name: str) -> Sheet:
    way = admin.open("/desk/people").tree.xpath(f"string(//ul[@class='lines']//a[text()='{name}']/@href)")
    return admin.open("/" + way.lstrip("./"))


def test_every_role_has_its_words() -> None:
    assert list(ROLE_WORDS) == list(VERBS)


def test_somebody_is_let_in_by_a_link_that_is_shown_once(common_desk: TestDesk, admin: Editor) -> None:
    made = invite(admin, "Newcomer", "editor", "reviewer")
    assert "Pass this on to Newcomer" in made.text
    path = link_in(made)
    listed = admin.open("/desk/people")
    assert "Newcomer Editor, Reviewer · has a link to set a password" in listed.text
    for page in (listed, person(admin, "Newcomer"), admin.open("/desk/history")):
        assert path.rpartition("/")[2] not in page.reply.text
    newcomer = common_desk.stranger("Newcomer")
    newcomer.save(newcomer.open(path), {"password": PASSWORD})
    newcomer.sign_in()
    assert newcomer.look("/desk/topics/new").status == 200
    assert newcomer.look("/desk/people").status == 403
    assert "Editor, Reviewer · can sign in · last seen" in admin.open("/desk/people").text


def test_what_is_wrong_stands_at_its_field(admin: Editor) -> None:
    page = admin.open("/desk/people")
    empty = admin.send(page, {"name": "", "roles": []})
    assert empty.status == 422
    assert empty.tree.xpath("//fieldset[@id='f-roles']//p[contains(@class, 'error')]")
    assert empty.tree.xpath("//p[@id='f-name-error']")
    taken = admin.send(page, {"name": "a. ADMIN", "roles": ["editor", "publisher"]})
    assert any("is an account “A. Admin” already" in one for one in taken.faults())
    ticked = taken.tree.xpath("//input[@name='roles'][@checked]/@value")
    assert ticked == ["editor", "publisher"]
    odd = admin.send(page, {"name": "Odd", "roles": ["emperor"]})
    assert odd.status == 422
    for name in ("nobody", "local operator", "x" * 61, "a\u202eb", " \u200b"):
        assert admin.send(page, {"name": name, "roles": ["editor"]}).status == 422, name


def test_roles_are_changed_and_felt_at_the_next_request(common_desk: TestDesk, admin: Editor) -> None:
    other = common_desk.editor("Promoted", "contributor")
    page = person(admin, "Promoted")
    same = admin.save(page, {"roles": ["contributor"]}, action="/roles")
    assert "Nothing was changed." in same.text
    assert other.look("/desk").status == 200
    done = admin.save(page, {"roles": ["contributor", "publisher"]}, action="/roles")
    assert "The roles are changed" in done.text
    assert other.look("/desk").status == 303
    none = admin.send(page, {"roles": []}, action="/roles")
    assert none.status == 422
    assert none.tree.xpath("//fieldset[@id='f-roles']//p[contains(@class, 'error')]")


def test_an_account_is_disabled_and_enabled(common_desk: TestDesk, admin: Editor) -> None:
    other = common_desk.editor("On leave", "editor")
    page = person(admin, "On leave")
    gone = admin.save(page, action="/disable")
    assert "The account is disabled; its sessions are ended." in gone.text
    assert "Disabled since" in gone.text
    assert other.look("/desk").status == 303
    refused = other.send(other.open("/desk/sign-in"), {"name": "On leave", "password": PASSWORD})
    assert refused.status == 422
    assert not gone.tree.xpath("//form[contains(@action, '/link')]")
    # A page of before still has the button.
    assert admin.send(page, action="/link").status == 422
    assert "may sign in again" in admin.save(gone, action="/enable").text
    other.sign_in()


def test_a_link_resets_the_password(common_desk: TestDesk, admin: Editor) -> None:
    other = common_desk.editor("Forgetful", "editor")
    made = admin.send(person(admin, "Forgetful"), action="/link")
    assert made.status == 200
    assert "The password of before is good no longer" in made.text
    assert other.look("/desk").status == 303
    refused = other.send(other.open("/desk/sign-in"), {"name": "Forgetful", "password": PASSWORD})
    assert refused.status == 422
    first = link_in(made)
    second = link_in(admin.send(person(admin, "Forgetful"), action="/link"))
    assert common_desk.stranger().look(first).status == 404
    fresh = common_desk.stranger("Forgetful")
    fresh.save(fresh.open(second), {"password": "a fresh battery"})
    fresh.sign_in("a fresh battery")


def test_an_admin_signs_somebody_out_there(common_desk: TestDesk, admin: Editor) -> None:
    other, still = common_desk.editor("Left on", "editor"), common_desk.editor("Left on")
    page = person(admin, "Left on")
    ways = page.tree.xpath("//form[contains(@action, '/sessions/')]/@action")
    assert len(ways) == 2
    assert "That session is ended." in admin.save(page, action=ways[1].partition("desk")[2]).text
    assert (other.look("/desk").status, still.look("/desk").status) == (303, 200)
    assert admin.send(page, action=ways[1].partition("desk")[2]).status == 404


def test_the_last_admin_stays(desk: TestDesk) -> None:
    admin = desk.editor("A. Admin", "admin")
    page = person(admin, "A. Admin")
    for action, values in (("/disable", {}), ("/roles", {"roles": ["editor"]})):
        refused = admin.send(page, values, action=action)
        assert refused.status == 422
        assert any("A. Admin is the last admin" in one for one in refused.faults())
        ticked = refused.tree.xpath("//input[@name='roles'][@checked]/@value")
        assert ticked == values.get("roles", ["admin"])
    assert admin.look("/desk/people").status == 200
    invite(admin, "Only invited", "admin")
    assert admin.send(page, action="/disable").status == 422
    desk.editor("Another", "admin")
    assert admin.send(page, action="/disable").status == 303
    assert admin.look("/desk/people").status == 303


def test_what_is_no_account_is_not_found(admin: Editor) -> None:
    for number in ("0", "99999", "x", "9" * 30, "%00", "-1"):
        assert admin.look(f"/desk/people/{number}").status == 404, number


def test_the_list_takes_as_many_statements_whatever_its_length(common_desk: TestDesk, admin: Editor) -> None:
    counts = []
    for number in range(3):
        invite(admin, f"One of many {number}", "editor")
        with Statements(common_desk.app.state.desk.readers) as seen:
            admin.open("/desk/people")
        counts.append(len(seen))
    assert counts[0] == counts[2] <= 8


def test_whoever_may_not_is_led_back_to_the_desk(common_desk: TestDesk) -> None:
    editor = common_desk.editor("No admin", "editor")
    for path, status in (("/desk/people", 403), ("/desk/nothing", 404), ("/desk/topics/nothing00", 404)):
        page = editor.look(path)
        assert page.status == status
        assert page.tree.xpath("//main//a[text()='To the desk']"), path
        assert not page.tree.xpath("//form[@role='search']")
    assert (
        "No admin may not do this: it takes the role of admin. An admin can give it."
        in editor.look("/desk/people").text
    )
