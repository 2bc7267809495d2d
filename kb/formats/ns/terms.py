"""Own terms and words of lists as a page tells of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Triple

from kb.documents.context import CLASSES, TERMS
from kb.documents.terms import LIST_NAMESPACE, TERM_NAMESPACE
from kb.formats.ns import history
from kb.formats.ns.examples import Example, examples
from kb.formats.ns.lists import PUBLISHED, concept_iri
from kb.formats.ns.names import full, short
from kb.formats.ns.published import list_of, triples
from kb.values.vocabulary import ClosedList

_MAPPINGS = (full("skos:exactMatch"), full("skos:broadMatch"), full("rdfs:seeAlso"))


@dataclass(frozen=True)
class OwnTerm:
    """A class or property of ours; what it names beside itself is in short, as `cb:Claim`.

    `keys` are those of documents that stand for it, `words_of` the list that its values are of, "" where there is none.
    `used_on` are the classes that a property stands on, `takes` what its values are; of a class, the properties that
    stand on it, and those that lead to it.
    """

    name: str
    iri: str
    is_class: bool
    label: str
    definition: str
    keys: tuple[str, ...]
    used_on: tuple[str, ...]
    takes: tuple[str, ...]
    under: tuple[str, ...]
    is_symmetric: bool
    words_of: str
    example: Example
    history: tuple[str, ...]


@dataclass(frozen=True)
class ListWord:
    """A word of a closed list, with what else is said of its concept."""

    anchor: str
    word: str
    label: str
    definition: str
    beside: tuple[tuple[str, str], ...]
    history: tuple[str, ...]


@dataclass(frozen=True)
class ListLine:
    """A closed list; `properties` are those whose values are its words."""

    name: str
    title: str
    properties: tuple[str, ...]
    words: tuple[ListWord, ...]
    history: tuple[str, ...]


@cache
def own_terms() -> tuple[OwnTerm, ...]:
    """Classes first, each kind by name."""
    found = [_term(iri, said) for iri, said in triples().items() if iri.startswith(TERM_NAMESPACE)]
    return tuple(sorted(found, key=lambda term: (not term.is_class, term.name.lower())))


@cache
def list_lines() -> tuple[ListLine, ...]:
    """In the order of `kb.values.vocabulary`."""
    return tuple(_list(closed) for closed in PUBLISHED)


def _term(iri: str, said: Iterable[Triple]) -> OwnTerm:
    is_class = full("rdfs:Class") in _values(said, "rdf:type")
    domain, takes = _values(said, "schema:domainIncludes"), _values(said, "schema:rangeIncludes")
    of_class = CLASSES if is_class else {key: term.property for key, term in TERMS.items()}
    return OwnTerm(
        name=iri.removeprefix(TERM_NAMESPACE),
        iri=iri,
        is_class=is_class,
        label=_first(said, "rdfs:label"),
        definition=_first(said, "rdfs:comment"),
        keys=tuple(key for key, name in of_class.items() if name == iri),
        used_on=_in_short(_subjects("schema:domainIncludes", iri) if is_class else domain),
        takes=_in_short(_subjects("schema:rangeIncludes", iri) if is_class else takes),
        under=_in_short((*_values(said, "rdfs:subClassOf"), *_values(said, "rdfs:subPropertyOf"))),
        is_symmetric=full("owl:SymmetricProperty") in _values(said, "rdf:type"),
        words_of=list_of(iri).removeprefix(LIST_NAMESPACE),
        example=examples().get(iri) or Example("", _first(said, "skos:example")),
        history=_history(iri),
    )


def _list(closed: ClosedList) -> ListLine:
    words = []
    for term in closed.terms:
        iri = concept_iri(closed, term.word)
        beside = tuple(
            (short(one.predicate.value), short(_value(one)))
            for one in triples()[iri]
            if one.predicate.value in _MAPPINGS
        )
        anchor = iri.removeprefix(LIST_NAMESPACE)
        words.append(ListWord(anchor, term.word, term.label, term.definition, beside, _history(iri)))
    of = LIST_NAMESPACE + closed.name
    properties = tuple(term.name for term in own_terms() if term.words_of == closed.name)
    return ListLine(closed.name, closed.title, properties, tuple(words), _history(of))


def _history(iri: str) -> tuple[str, ...]:
    return tuple(change.in_words for change in history.changes().get(iri, ()))


def _in_short(iris: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(short(iri) for iri in iris))


def _values(said: Iterable[Triple], predicate: str) -> tuple[str, ...]:
    return tuple(_value(one) for one in said if one.predicate.value == full(predicate))


def _first(said: Iterable[Triple], predicate: str) -> str:
    return next(iter(_values(said, predicate)), "")


def _subjects(predicate: str, value: str) -> tuple[str, ...]:
    return tuple(iri for iri, said in triples().items() if value in _values(said, predicate))


def _value(triple: Triple) -> str:
    return str(getattr(triple.object, "value", ""))
