"""What is shown beside an assessment that is being written: evidence by part, the headline as it would be, remarks."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.desk.forms.form import Form
from app.web.views.evidence import Point, apart, points
from app.web.views.quote import Quote, quote
from kb.documents.label import short_replies
from kb.errors import Refused
from kb.findings.weighing import Basis, Remark, weigh
from kb.publish.panel import record_id
from kb.values.grades import band, two_places
from kb.values.label import list_label, verdict_words
from kb.values.origins import independent_origins, seen_evidence
from kb.values.rollup import roll_up
from kb.values.vocabulary import GRADE, STANCE, VERDICT

Node = Mapping[str, Any]
VERDICTS = "verdicts"
# DESIGN 2 and UX P17: the first sentence of the reason stands by itself, and is no longer than this.
FIRST_SENTENCE = 280
_SENTENCE = re.compile(r".+?[.!?…。؟](?=[\s”\"’)]|$)", re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """A piece of evidence beside its part; `why_not` says why it is not counted, None where it is."""

    point: Point
    quote: Quote
    source: str
    origin: str
    why_not: str | None


@dataclass(frozen=True)
class Part:
    """An aspect with its evidence, by stance in the order of the list. `at` is what its fields begin with."""

    node: Node
    number: int
    at: str
    by_stance: tuple[tuple[str, tuple[Piece, ...]], ...]
    items: int
    origins: int


@dataclass(frozen=True)
class Headline:
    """`words` as readers would see them, "" while main parts are not judged, which `lacking` names.

    `in_lists` has the replies first; `computed` is the verdict by the rule, `shown` that of the page: the same, or the
    editor's own.
    """

    words: str
    in_lists: str
    computed: str
    shown: str
    lacking: tuple[str, ...]


@dataclass(frozen=True)
class Seen:
    """All of it, for what stands in the form now."""

    basis: Basis
    parts: tuple[Part, ...]
    headline: Headline
    remarks: tuple[Remark, ...]
    items: int
    origins: int

    @property
    def names(self) -> Mapping[str, str]:
        return self.basis.names

    def grades(self) -> list[tuple[str, list[int]]]:
        """Grades of sources, each with the items that it was given for."""
        found = [(grade, [one.number for one in self.basis.items if one.grade == grade]) for grade in GRADE]
        return [(grade, numbers) for grade, numbers in found if numbers]


def seen_now(basis: Basis, form: Form) -> Seen:
    """What is no verdict, whoever typed it, is taken as not judged yet; saving says what is wrong with it."""
    typed = {one["@id"]: form.value(f"{part_name(one)}.verdict") for one in basis.aspects}
    verdicts = {iri: word for iri, word in typed.items() if word in VERDICT}
    return Seen(
        basis,
        tuple(_part(basis, one) for one in basis.aspects),
        _headline(basis, verdicts, form.value("override_verdict")),
        tuple(weigh(basis, verdicts)),
        seen_evidence(basis.items),
        independent_origins(basis.items),
    )


def part_name(aspect: Node) -> str:
    """`verdicts.part_3`: a part keeps its number whatever is done to the others."""
    return f"{VERDICTS}.part_{aspect['@id'].rpartition('-')[2]}"


def typed_confidence(text: str) -> str:
    """What was typed as the desk takes it: `0,85` and `.85` are `0.85`, in two places; anything else as it came."""
    bare = text.strip()
    if re.fullmatch(r"[01]?[.,][0-9]{1,2}", bare, re.ASCII):
        bare = f"{bare[:1] if bare[0].isdigit() else '0'}.{bare.replace(',', '.').partition('.')[2]}"
    return bare


def band_of(text: str) -> str:
    """The word of the band that a field names; "" for what is no confidence."""
    try:
        return band(typed_confidence(text))
    except Refused:
        return ""


def in_two_places(text: str) -> str:
    """A confidence as a field shows it once it was read; what cannot be read stays as it was typed."""
    try:
        return two_places(typed_confidence(text))
    except Refused:
        return text


def first_sentence(text: str) -> str:
    """Up to the first stop; all of it where there is none."""
    bare = text.strip()
    found = _SENTENCE.match(bare)
    return found[0] if found else bare


def _part(basis: Basis, aspect: Node) -> Part:
    own = [one for one in points(basis.claim) if one.aspect["@id"] == aspect["@id"]]
    pieces = [_piece(one) for one in own]
    by_stance = [(stance, tuple(one for one in pieces if one.point.stance == stance)) for stance in STANCE]
    return Part(
        aspect,
        int(aspect["@id"].rpartition("-")[2]),
        part_name(aspect),
        tuple((stance, some) for stance, some in by_stance if some),
        seen_evidence(basis.items, aspect=aspect["@id"]),
        independent_origins(basis.items, aspect=aspect["@id"]),
    )


def _piece(point: Point) -> Piece:
    node = point.node
    said = quote(node["target"], node["quoteState"], node.get("translation"))
    return Piece(point, said, record_id(said.source), record_id(node["origin"]), apart(node))


def _headline(basis: Basis, verdicts: Mapping[str, str], override: str) -> Headline:
    main: Sequence[Node] = [one for one in basis.aspects if one["main"]]
    lacking = tuple(basis.called(one["@id"]) for one in main if one["@id"] not in verdicts)
    if lacking or not main:
        return Headline("", "", "", "", lacking)
    pairs = [(str(one["code"]), verdicts[one["@id"]]) for one in main]
    computed = roll_up([verdict for _, verdict in pairs])
    shown = override if override in VERDICT else computed
    in_lists = list_label(shown, pairs, short_replies(basis.claim))
    return Headline(verdict_words(shown, pairs), in_lists, computed, shown, ())
