"""A dump as a `Dataset`."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from os import PathLike
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse
from rdflib import Dataset

from kb.documents.graph import quads
from kb.documents.reading import read_document
from kb.errors import Problem, Refused
from kb.library.packed import PACKED, unpacked
from kb.library.terms import fill, new_dataset
from kb.values.prose import shown

FORMS = {
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".nt": RdfFormat.N_TRIPLES,
    ".ttl": RdfFormat.TURTLE,
    ".rdf": RdfFormat.RDF_XML,
}
DOCUMENTS = ".jsonld"


def load(*paths: str | PathLike[str], default_union: bool = True) -> Dataset:
    """One or more files of `/data` or `claimbase export`: `load("current.nq.zst", "vocabulary.ttl")`.

    N-Quads, TriG, N-Triples, Turtle, RDF/XML, or JSON-LD with a document a line, by the name's ending; packed with gzip
    or zstd where it ends in .gz or .zst. No literal is rewritten, and nothing is fetched.

    The editions in a dump stand in named graphs, and in a Dataset of rdflib a question without GRAPH is about the
    default graph alone, which would be empty. So `default_union` is on: it is about all graphs together, which for
    the current set is what the endpoint's default graph holds. Turn it off for a dump of all versions, and ask with
    GRAPH: together they count each piece of evidence once for each version.

    Raises Missing or Refused where a file is not there, not whole, or not what its name says.
    """
    dataset = new_dataset(default_union=default_union)
    for path in map(Path, paths):
        ending = _ending(path)
        with unpacked(path) as stream, _explained(path):
            if ending == DOCUMENTS:
                fill(dataset, _documents(stream, shown(str(path), 200)))
            else:
                fill(dataset, parse(stream, format=FORMS[ending], rename_blank_nodes=True))
    return dataset


def _ending(path: Path) -> str:
    """That of the file within. Raises Refused where it is none that is read."""
    inner = path.stem if path.suffix in PACKED else path.name
    ending = Path(inner).suffix
    if ending not in (*FORMS, DOCUMENTS):
        known = ", ".join((*FORMS, DOCUMENTS))
        remedy = f"Known: {known}, each also with {' or '.join(PACKED)} after it."
        raise Refused("the name does not say what the file holds", where=shown(str(path), 200), remedy=remedy)
    return ending


def _documents(stream: BufferedReader, where: str) -> Iterator[Quad]:
    """Canonical documents by the context that is packaged here, and not by what its address gives."""
    for number, line in enumerate(stream, start=1):
        try:
            nquads = quads(read_document(line.rstrip(b"\r\n")))
        except Problem as problem:
            place = f"{problem.where}: " if problem.where.strip("/") else ""
            what = f"line {number} is not the document of an edition: {place}{problem.what}"
            raise Refused(what, where=where, remedy=problem.remedy) from problem
        yield from parse(nquads, format=RdfFormat.N_QUADS)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """What a parser says of a file, with the file's name."""
    try:
        yield
    except SyntaxError as error:
        what = f"this is not what the file's name says: {shown(error.msg, 200)}"
        raise Refused(what, where=shown(str(path), 200), remedy="Get it again, and compare its sha256.") from error
