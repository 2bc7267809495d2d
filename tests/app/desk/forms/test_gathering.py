"""Faults of many parts of a form, said together under the names of its fields."""

import pytest

from app.desk.forms.gathering import Gathering
from app.web.fields import field_words
from kb.desk.actors import NotAllowed
from kb.desk.entry import BadEntry, Fault
from kb.errors import Conflict, Missing, Refused


def test_each_fault_stands_at_its_field() -> None:
    faults = Gathering()
    faults.check()
    with faults.at("chain.0"):
        raise BadEntry((Fault("verb", "no verb."), Fault("chain.0.agent", "nobody."), Fault("", "not whole.")))
    with faults.at("aspects.1", "aspects.1.code"):
        raise Conflict("taken.", where="code", remedy="Choose another.")
    with faults.at():
        raise Refused("wrong.", where="quote")
    with pytest.raises(BadEntry) as told:
        faults.check()
    assert [(one.field, one.what) for one in told.value.faults] == [
        ("chain.0.verb", "no verb."),
        ("chain.0.agent", "nobody."),
        ("chain.0", "not whole."),
        ("aspects.1.code", "taken."),
        ("quote", "wrong."),
    ]


@pytest.mark.parametrize("error", [NotAllowed("no."), Missing("gone."), ValueError("a mistake of ours")])
def test_what_is_no_fault_of_a_form_goes_on(error: Exception) -> None:
    faults = Gathering()
    with pytest.raises(type(error)), faults.at("chain.0"):
        raise error
    faults.check()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("texts.0.statement", "Statement"),
        ("chain.1.agent", "Chain 2, agent"),
        ("statement.en", "Statement"),
        ("already-logged", "Already logged"),
    ],
)
def test_fields_are_called_by_words(name: str, words: str) -> None:
    assert field_words(name) == words
