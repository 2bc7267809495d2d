"""Publishing, correcting, withdrawing and restoring: everything is shown before it is done."""

from dataclasses import dataclass

from starlette.responses import Response

from app.desk.beside import Beside, beside, joined
from app.desk.forms.form import Form
from app.desk.forms.reading import entry_of
from app.desk.rooms import Rooms
from app.desk.visit import Visit
from app.web.standing import Shown, of_latest
from kb.desk.entry import BadEntry, Fault
from kb.desk.labels import labels_of
from kb.errors import Missing, Problem, Refused
from kb.projections.catalogue.rows import Listed, listed
from kb.publish.changes import PublishEntry
from kb.publish.publish import publish
from kb.publish.receipt import Receipt
from kb.publish.rehearsal import rehearse
from kb.publish.withdraw import restore, withdraw

rooms = Rooms()
LOOK = "look"


@dataclass(frozen=True)
class Outlook:
    """What would be published: the edition as it would stand, its line in lists and feeds; or why there is none."""

    shown: Shown | None
    line: Listed | None
    problem: Problem | None
    says_the_same: bool = False


@rooms.page("/desk/records/{id}/publish", "publish", "edit", "review")
def show_publishing(visit: Visit) -> Response:
    stands = beside(visit, visit.path("id"))
    return visit.page(
        "desk/publish.html",
        beside=stands,
        label=_label(visit),
        outlook=_outlook(visit, stands),
    )


@rooms.deed("/desk/records/{id}/publish", "publish", again=show_publishing, transacted=False)
def publish_it(visit: Visit) -> Response:
    if visit.typed.value("do") == LOOK:
        return _looked_at(visit)
    record, desk = visit.path("id"), visit.desk
    entry = _entry(visit.typed)
    expected = {record: visit.typed.value("content_digest")}
    receipt = publish(desk.engine, visit.actor, [record], entry, base=desk.site.base, expected=expected)
    _refuse(receipt)
    desk.follow()
    done = "unchanged" if receipt.unchanged else "corrected" if entry.kind == "correction" else "published"
    return visit.to(f"desk/records/{record}/publish", done=done)


@rooms.page("/desk/records/{id}/withdraw", "withdraw")
def show_withdrawing(visit: Visit) -> Response:
    return visit.page("desk/withdraw.html", beside=beside(visit, visit.path("id")), label=_label(visit))


@rooms.deed("/desk/records/{id}/withdraw", "withdraw", again=show_withdrawing, transacted=False)
def withdraw_it(visit: Visit) -> Response:
    desk = visit.desk
    record = visit.path("id")
    withdraw(desk.engine, visit.actor, record, _reason(visit.typed), base=desk.site.base)
    desk.follow()
    return visit.to(f"desk/records/{record}/publish", done="withdrawn")


@rooms.page("/desk/records/{id}/restore", "restore")
def show_restoring(visit: Visit) -> Response:
    return visit.page("desk/restore.html", beside=beside(visit, visit.path("id")), label=_label(visit))


@rooms.deed("/desk/records/{id}/restore", "restore", again=show_restoring, transacted=False)
def restore_it(visit: Visit) -> Response:
    record, desk, form = visit.path("id"), visit.desk, visit.typed
    unreviewed = form.value("unreviewed").strip() or None
    reason = _reason(form)
    receipt = restore(desk.engine, visit.actor, record, reason, base=desk.site.base, unreviewed=unreviewed)
    _refuse(receipt)
    desk.follow()
    return visit.to(f"desk/records/{record}/publish", done="restored")


def _looked_at(visit: Visit) -> Response:
    """The page again, with the edition as it would be with this kind and these words; nothing is done."""
    with visit.desk.reading() as session:
        return show_publishing(visit.with_session(session))


def _outlook(visit: Visit, stands: Beside) -> Outlook:
    try:
        entry = _entry(visit.typed)
        along = [one.record for one in stands.review.along]
        rehearsal = rehearse(visit.session, visit.desk.site.base, stands.id, entry, along)
    except (Refused, Missing) as problem:
        return Outlook(None, None, problem)
    edition = rehearsal.edition
    shown = Shown(edition, of_latest(edition), pinned=True)
    return Outlook(shown, listed(edition), None, rehearsal.says_the_same)


def _entry(form: Form) -> PublishEntry:
    try:
        return entry_of(PublishEntry, form)
    except BadEntry as bad:
        # The one rule that is of the whole entry is about its note, and there it is to be mended.
        faults = (Fault(one.field or "note", one.what, "Write it below.") for one in bad.faults)
        raise BadEntry(tuple(faults)) from bad


def _reason(form: Form) -> str:
    if not (reason := form.value("reason").strip()):
        raise BadEntry((Fault("reason", "Readers are told why, so it cannot be empty.", "Write it in a sentence."),))
    return reason


def _refuse(receipt: Receipt) -> None:
    """Raises BadEntry with what shuts the gate, in the places where it is to be mended."""
    faults = [
        Fault("", f"{one.what} ({one.where})", one.mend)
        for findings in receipt.refused.values()
        for one in joined(findings)
        if one.shuts
    ]
    if faults:
        raise BadEntry(tuple(faults))


def _label(visit: Visit) -> str:
    record = visit.path("id")
    return labels_of(visit.session, [record]).get(record, record)
