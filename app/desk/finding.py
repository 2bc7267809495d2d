"""What may be meant while a name is being typed, for the script that fills the lists of choices."""

import json

from starlette.responses import Response

from app.desk.lists import LONGEST, sees_private
from app.desk.rooms import SIGNED_IN, Rooms
from app.desk.visit import Visit
from app.web.fields import written
from app.web.headers import NEVER
from kb.desk.lookup import candidates
from kb.desk.privacy import PRIVATE

rooms = Rooms()


@rooms.page("/desk/find", SIGNED_IN)
def find(visit: Visit) -> Response:
    """`[{"value", "detail"}]`; `value` is what a field takes. Raises NoSuchKind."""
    found = candidates(visit.session, visit.asked("kind"), visit.asked("q")[:LONGEST])
    shown = [one for one in found if one.visibility != PRIVATE or sees_private(visit.actor)]
    rows = [{"value": written(one), "detail": one.detail} for one in shown]
    return Response(json.dumps(rows), 200, {"Cache-Control": NEVER}, "application/json")
