"""Answers that are kept: for some minutes, while the log stands still, in bounded memory, and only certain ones."""

import pytest

from app.public.sparql.kept import EACH, KEPT_SECONDS, Kept, is_certain
from kb.projections.triples.question import Answer, Question
from tests.app.public.sparql.test_allowance import Clock

ASK = Question("ASK {}", "json")


def answer(seq: int, size: int = 10) -> Answer:
    return Answer(b"x" * size, 1, seq, 0.5)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_the_same_question_has_the_same_answer_until_the_log_goes_on(clock: Clock) -> None:
    kept = Kept(clock)
    assert kept.get(ASK, 3) is None
    given = answer(3)
    kept.put(ASK, given)
    assert kept.get(ASK, 3) is given
    assert kept.get(ASK, 4) is None
    # It can never be asked for again, so it is gone.
    assert kept.size == 0


def test_dataset_and_form_make_another_question(clock: Clock) -> None:
    kept = Kept(clock)
    kept.put(ASK, answer(3))
    for other in (
        Question("ASK {}", "xml"),
        Question("ASK {}", "json", ("https://facts.example.org/x",)),
        Question("ASK {}", "json", (), ("https://facts.example.org/x",)),
        Question("ASK { }", "json"),
    ):
        assert kept.get(other, 3) is None


def test_an_answer_is_kept_for_five_minutes(clock: Clock) -> None:
    kept = Kept(clock)
    kept.put(ASK, answer(3))
    clock.now += KEPT_SECONDS
    assert kept.get(ASK, 3)
    clock.now += 0.1
    assert kept.get(ASK, 3) is None


def test_there_is_a_limit_to_all_together(clock: Clock) -> None:
    kept = Kept(clock, most=3 * (EACH + 100))
    questions = [Question(f"ASK {{}}#{number}", "json") for number in range(4)]
    for question in questions[:3]:
        kept.put(question, answer(1, 80))
    kept.get(questions[0], 1)
    kept.put(questions[3], answer(1, 80))
    # What was asked for longest ago has gone.
    assert [kept.get(question, 1) is not None for question in questions] == [True, False, True, True]
    assert kept.size <= 3 * (EACH + 100)
    kept.put(Question("ASK {}#large", "json"), answer(1, 5_000))
    assert kept.get(questions[0], 1)


def test_an_answer_that_comes_twice_is_counted_once(clock: Clock) -> None:
    kept = Kept(clock)
    kept.put(ASK, answer(1))
    size = kept.size
    kept.put(ASK, answer(2))
    assert kept.size == size
    assert kept.get(ASK, 2)


@pytest.mark.parametrize(
    ("query", "certain"),
    [
        ("SELECT * { ?s ?p ?o }", True),
        ("SELECT (NOW() AS ?t) {}", False),
        ("SELECT (now #x\n ( ) AS ?t) {}", False),
        ("SELECT (1+rand() AS ?t) {}", False),
        ("SELECT (strUUID() AS ?t) {}", False),
        ("SELECT (UUID() AS ?t) {}", False),
        ("SELECT ?now ?rand { ?now <https://a.example/rand1> $uuid ; x:now ?rand . now:x ?known ?brand }", True),
    ],
)
def test_what_may_be_another_answer_the_next_time_is_not_kept(query: str, certain: bool, clock: Clock) -> None:
    assert is_certain(query) is certain
    kept = Kept(clock)
    kept.put(Question(query, "json"), answer(1))
    assert (kept.get(Question(query, "json"), 1) is not None) is certain
