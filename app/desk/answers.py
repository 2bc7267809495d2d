"""The desk's rows of the table from error to answer."""

from app.desk.guard import NotFromHere
from app.desk.posted import NoForm
from app.web.errors import Answer
from kb.desk.actors import NotAllowed
from kb.desk.attempts import TooMany
from kb.desk.reviews import OwnWork
from kb.errors import Problem

ANSWERS: tuple[tuple[type[Problem], Answer], ...] = (
    (OwnWork, Answer(403, "own-work", "Nobody approves their own work")),
    (NotAllowed, Answer(403, "not-allowed", "Your roles do not allow this")),
    (NotFromHere, Answer(403, "not-from-here", "This was not sent by a page of this desk")),
    (TooMany, Answer(429, "too-many", "Too often in a short time")),
    (NoForm, Answer(415, "no-form", "This is no form")),
)
