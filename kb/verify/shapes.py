"""Editions against the published shapes (SHACL), by pyshacl: the check that any reader of the data can make.

An edition takes it a second or so; hence only as many as are asked for, drawn by chance.
"""

from collections.abc import Iterator

import pyshacl
import rdflib
from pyoxigraph import RdfFormat, parse, serialize
from pyshacl.errors import ReportableRuntimeError
from rdflib.namespace import SH
from rdflib.term import Node
from sqlalchemy import Engine, select

from kb.db import reading
from kb.documents.context import SHAPES_FILE, read_data
from kb.errors import Broken
from kb.formats.ns.names import short
from kb.log.chain import Fault
from kb.log.read import COLUMNS, Edition, unpack
from kb.log.tables import EditionRow
from kb.verify.verdict import Progress, Verdict
from kb.verify.whole import chosen

MOST_SHOWN = 300


def check_shapes(
    engine: Engine, verdict: Verdict, count: int, ref: str | None = None, progress: Progress | None = None
) -> None:
    """Adds to `verdict` what the shapes refuse in `count` editions, or in those of the record `ref`, all where fewer.

    What was removed has nothing left to look at and is not counted. Raises Missing where no such record is published.
    """
    shapes = _graph(read_data(SHAPES_FILE), "turtle")
    with reading(engine) as session:
        numbers = chosen(session, count, ref)
        for done, number in enumerate(numbers, 1):
            row = session.execute(select(*COLUMNS, EditionRow.nquads).where(EditionRow.seq == number)).one()
            fields = dict(row._mapping)
            packed = fields.pop("nquads")
            edition = Edition(**fields)
            if not edition.removed:
                verdict.problems.extend(_faults(edition, packed, shapes))
                verdict.counts.shape_checks += 1
            if progress:
                progress(done, len(numbers))


def _faults(edition: Edition, packed: bytes, shapes: rdflib.Graph) -> Iterator[Fault]:
    try:
        data = _graph(_triples(unpack(packed, edition)), "nt")
    except (Broken, SyntaxError, ValueError) as error:
        yield _fault(edition, "", f"The stored N-Quads cannot be read: {error}")
        return
    for where, problem in sorted(_complaints(data, shapes)):
        yield _fault(edition, where, problem)


def _complaints(data: rdflib.Graph, shapes: rdflib.Graph) -> set[tuple[str, str]]:
    """Node and path, and what the shapes say of them; nothing where the graph conforms."""
    before = rdflib.NORMALIZE_LITERALS
    try:
        conforms, results, text = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    except (TypeError, ValueError, ArithmeticError, ReportableRuntimeError) as error:
        # A bound is compared with a literal that is no value of its type, and pyshacl does not say where.
        return {("", f"A value cannot be read as what it says it is: {error}")}
    finally:
        # It sets this for the whole process, which would then rewrite literals that it parses.
        rdflib.NORMALIZE_LITERALS = before
    if not isinstance(results, rdflib.Graph):
        # So it is when the shapes could not be asked; it looks like a refusal, and is none.
        return {("", f"The shapes could not be asked: {text}")}
    found = {_complaint(results, one) for one in results.subjects(rdflib.RDF.type, SH.ValidationResult)}
    return found if found or conforms else {("", f"The shapes refuse it without a reason: {text}")}


def _complaint(results: rdflib.Graph, one: Node) -> tuple[str, str]:
    focus, path = results.value(one, SH.focusNode), results.value(one, SH.resultPath)
    # A node of a document is told by its fragment, as on its page; an edition by its own address.
    node = str(focus).rpartition("#")[2] if "#" in str(focus) else str(focus)
    way = short(str(path)) if isinstance(path, rdflib.URIRef) else ""
    said = "; ".join(sorted(str(message) for message in results.objects(one, SH.resultMessage)))
    return f"{node[:MOST_SHOWN]} {way}".strip(), said[:MOST_SHOWN]


def _triples(nquads: bytes) -> bytes:
    """Without the graph's name, which the shapes do not look at. Raises SyntaxError or ValueError."""
    found = (quad.triple for quad in parse(nquads, format=RdfFormat.N_QUADS))
    return serialize(found, format=RdfFormat.N_TRIPLES) or b""


def _graph(data: bytes, form: str) -> rdflib.Graph:
    """Parsed with every literal as it is written."""
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        return rdflib.Graph().parse(data=data, format=form)
    finally:
        rdflib.NORMALIZE_LITERALS = before


def _fault(edition: Edition, where: str, problem: str) -> Fault:
    return Fault(edition.record, edition.version, f"shapes {where}".strip(), problem[:MOST_SHOWN])
