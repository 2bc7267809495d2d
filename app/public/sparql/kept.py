"""Answers of the last minutes: whoever asks the same again, at the same position of the log, gets the same."""

import re
import time
from collections import OrderedDict
from dataclasses import dataclass

from app.public.sparql.allowance import Clock
from kb.projections.triples.limits import MIB
from kb.projections.triples.question import Answer, Question

KEPT_SECONDS = 300.0
MOST_BYTES = 16 * MIB
# Of an answer beside its bytes and its query: objects, and its place in the table.
EACH = 1_000
# What may say something else each time. A word that only looks like it, in a string, costs an answer its place here.
_UNCERTAIN = re.compile(r"(?<![?$:\w])(?:now|rand|uuid|struuid)(?![:\w])", re.IGNORECASE)


@dataclass(frozen=True)
class _Kept:
    answer: Answer
    since: float
    size: int


class Kept:
    """The answers themselves, the one asked for last at the end; they go by age, and for want of room."""

    def __init__(self, clock: Clock = time.monotonic, most: int = MOST_BYTES) -> None:
        self._clock = clock
        self._most = most
        self._answers: OrderedDict[Question, _Kept] = OrderedDict()
        self.size = 0

    def get(self, question: Question, at_least: int) -> Answer | None:
        """Only where the log has not gone on since."""
        found = self._answers.get(question)
        if found is None:
            return None
        if found.answer.seq < at_least or self._clock() - found.since > KEPT_SECONDS:
            self._drop(question)
            return None
        self._answers.move_to_end(question)
        return found.answer

    def put(self, question: Question, answer: Answer) -> None:
        """What is larger than all the room there is, or would be another answer the next time, is not kept."""
        size = len(answer.body) + len(question.query) + EACH
        if size > self._most or not is_certain(question.query):
            return
        self._drop(question)
        self._answers[question] = _Kept(answer, self._clock(), size)
        self.size += size
        while self.size > self._most:
            self._drop(next(iter(self._answers)))

    def _drop(self, question: Question) -> None:
        found = self._answers.pop(question, None)
        self.size -= found.size if found else 0


def is_certain(query: str) -> bool:
    """True where the same data gives the same answer."""
    return _UNCERTAIN.search(query) is None
