"""The second factor: each code once, recovery codes once, and who needs it."""

from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from kb.desk.actors import LOCAL_OPERATOR, NotAllowed
from kb.desk.chance import working
from kb.desk.entry import BadEntry
from kb.desk.factors import (
    begin_totp,
    check_totp,
    confirm_totp,
    has_factor,
    make_recovery_codes,
    needs_second_factor,
    provisioning_uri,
    remove_factor,
)
from kb.desk.proving import NotSignedIn
from kb.desk.signing_in import NeedsCode
from kb.desk.tables import History, RecoveryCode
from kb.errors import Refused
from kb.values.vocabulary import ROLE
from tests.factories.people import Desk, account_of, me


def test_who_needs_it() -> None:
    needing = {role for role in ROLE if needs_second_factor(frozenset({role}), local=False)}
    assert needing == {"reviewer", "publisher", "admin"}
    assert needs_second_factor(frozenset({"editor", "publisher"}), local=False)
    assert not needs_second_factor(frozenset(ROLE), local=True)
    assert not needs_second_factor(frozenset(), local=False)


def test_set_up(desk: Desk) -> None:
    desk.join("Ann")
    with working(desk.engine, desk.clock) as session:
        ann = account_of(session, "Ann")
        secret = begin_totp(session, me("Ann"), ann)
        uri = urlsplit(provisioning_uri(ann, "Facts & Co"))
        assert (uri.scheme, uri.netloc) == ("otpauth", "totp")
        assert parse_qs(uri.query) == {"secret": [secret], "issuer": ["Facts & Co"]}
        assert not has_factor(ann)
        for wrong in ("", "000000", "12345", "canary", "١٢٣٤٥٦", "x" * 100_000):
            with pytest.raises(BadEntry, match="code"):
                confirm_totp(session, me("Ann"), ann, wrong, keeping=None)
    desk.enter("Ann")
    _, codes = desk.set_factor("Ann")
    assert len(set(codes)) == 10
    with pytest.raises(NeedsCode):
        desk.sign_in("Ann")
    with working(desk.engine, desk.clock) as session, pytest.raises(Refused, match="already"):
        begin_totp(session, me("Ann"), account_of(session, "Ann"))


def test_nobody_sets_up_anothers(desk: Desk) -> None:
    desk.join("Ann")
    with working(desk.engine, desk.clock) as session:
        ann = account_of(session, "Ann")
        for deed in (begin_totp, make_recovery_codes):
            with pytest.raises(NotAllowed):
                deed(session, LOCAL_OPERATOR, ann)
        with pytest.raises(NotAllowed):
            confirm_totp(session, LOCAL_OPERATOR, ann, "000000", keeping=None)
        with pytest.raises(Refused, match="nothing to confirm"):
            confirm_totp(session, me("Ann"), ann, "000000", keeping=None)
        with pytest.raises(Refused, match="no second factor"):
            make_recovery_codes(session, me("Ann"), ann)


@pytest.mark.parametrize("shape", ["{}", " {} ", "{0[0]}{0[1]}{0[2]} {0[3]}{0[4]}{0[5]}", "\t{}\n"])
def test_a_code_works_once_however_it_is_typed(desk: Desk, shape: str) -> None:
    desk.join("Ann")
    app, _ = desk.set_factor("Ann")
    code = desk.code(app)
    desk.enter("Ann", shape.format(code))
    for again in (code, shape.format(code), f"{code[:3]} {code[3:]}"):
        with pytest.raises(NotSignedIn):
            desk.enter("Ann", again)


def test_the_code_that_confirmed_it_is_used_up(desk: Desk) -> None:
    desk.join("Ann")
    app, _ = desk.set_factor("Ann")
    with pytest.raises(NotSignedIn):
        desk.enter("Ann", desk.code(app, -1))


def test_a_step_before_and_after(desk: Desk) -> None:
    desk.join("Ann")
    app, _ = desk.set_factor("Ann")
    desk.clock.move(minutes=5)
    for steps in (-2, 2):
        with pytest.raises(NotSignedIn):
            desk.enter("Ann", desk.code(app, steps))
    for steps in (-1, 0, 1):
        desk.enter("Ann", desk.code(app, steps))
    with pytest.raises(NotSignedIn):
        desk.enter("Ann", desk.code(app, 0))


def test_a_code_works_once_at_one_moment(desk: Desk) -> None:
    desk.join("Ann")
    app, codes = desk.set_factor("Ann")

    def enter(code: str) -> bool:
        try:
            desk.enter("Ann", code)
        except NotSignedIn:
            return False
        return True

    for code in (desk.code(app), codes[0]):
        with ThreadPoolExecutor(4) as pool:
            assert sum(pool.map(enter, [code] * 4)) == 1


def test_recovery_codes_work_once(desk: Desk) -> None:
    desk.join("Ann")
    _, codes = desk.set_factor("Ann")
    desk.enter("Ann", codes[0])
    desk.enter("Ann", codes[1].upper().replace("-", " "))
    for spent in codes[:2]:
        with pytest.raises(NotSignedIn):
            desk.enter("Ann", spent)
    with working(desk.engine, desk.clock) as session:
        assert len(session.scalars(select(RecoveryCode)).all()) == 8
        fresh = make_recovery_codes(session, me("Ann"), account_of(session, "Ann"))
    with pytest.raises(NotSignedIn):
        desk.enter("Ann", codes[2])
    desk.enter("Ann", fresh[0])


def test_recovery_codes_are_of_one_account(desk: Desk) -> None:
    desk.join("Ann")
    desk.join("Ben")
    _, codes = desk.set_factor("Ann")
    desk.set_factor("Ben")
    with pytest.raises(NotSignedIn):
        desk.enter("Ben", codes[0])
    desk.enter("Ann", codes[0])


def test_taken_away_where_the_device_is_lost(desk: Desk) -> None:
    desk.join("Ann")
    app, codes = desk.set_factor("Ann")
    token = desk.enter("Ann", desk.code(app))
    with working(desk.engine, desk.clock) as session:
        remove_factor(session, me("Zoe", "admin"), account_of(session, "Ann"))
    assert not desk.is_in(token)
    desk.enter("Ann")
    other, _ = desk.set_factor("Ann")
    for old in (desk.code(app), codes[0]):
        with pytest.raises(NotSignedIn):
            desk.enter("Ann", old)
    desk.enter("Ann", desk.code(other))


def test_without_a_secret_no_code_is_right(desk: Desk) -> None:
    desk.join("Ann")
    with working(desk.engine, desk.clock) as session:
        assert not check_totp(session, account_of(session, "Ann"), "000000")


def test_no_code_and_no_secret_is_kept_where_it_could_be_read(desk: Desk) -> None:
    desk.join("Ann")
    app, codes = desk.set_factor("Ann")
    with working(desk.engine, desk.clock) as session:
        held = repr([row.code_sha256 for row in session.scalars(select(RecoveryCode))])
        told = repr([(row.before, row.after) for row in session.scalars(select(History))])
        shown = repr(account_of(session, "Ann"))
    for secret in (app.secret, *codes, *(code.replace("-", "") for code in codes)):
        assert secret not in held
        assert secret not in told
        assert secret not in shown
