"""The files: each holds the set that it says, is packed as it says, and is the same whenever it is made."""

import gzip
import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest
import rdflib
import zstandard
from pyoxigraph import RdfFormat, parse
from sqlalchemy import Engine

from kb.db import reading
from kb.errors import Missing
from kb.formats.holdings import File
from kb.formats.ns.published import vocabulary_turtle
from kb.log import read
from kb.projections.dumps.files import make
from kb.projections.dumps.keeping import Dumps
from kb.projections.dumps.manifest import Manifest
from kb.projections.dumps.stream import dump
from tests.support.knowledge import Knowledge
from tests.support.removed import remove

NAMES = [
    *(f"current.{form}.{how}" for form in ("nq", "trig", "ttl", "jsonld") for how in ("gz", "zst")),
    *(f"all.{form}.{how}" for form in ("nq", "trig", "jsonld") for how in ("gz", "zst")),
    "vocabulary.ttl",
    "vocabulary.ttl.gz",
    "vocabulary.ttl.zst",
]


def made(engine: Engine, folder: Path) -> dict[str, bytes]:
    """The files as they stand on the disk, by name."""
    dumps = Dumps(engine, folder)
    manifest = dumps.make(nobody)
    return {file.name: dumps.place(manifest, file.name).read_bytes() for file in manifest.files}


def nobody(_done: int, _last: int) -> None:
    """Nobody looks on."""


def unpacked(name: str, data: bytes) -> bytes:
    """By the libraries that most people have."""
    if name.endswith(".gz"):
        return gzip.decompress(data)
    if name.endswith(".zst"):
        return zstandard.ZstdDecompressor().stream_reader(data, read_across_frames=True).read()
    return data


def test_every_file_holds_what_the_stream_of_its_set_gives(engine: Engine, kb: Knowledge, tmp_path: Path) -> None:
    files = made(engine, tmp_path / "dumps")
    assert list(files) == NAMES
    with reading(engine) as session:
        for name, data in files.items():
            which, form = name.split(".")[:2]
            if which == "vocabulary":
                assert unpacked(name, data) == vocabulary_turtle()
            else:
                assert unpacked(name, data) == b"".join(dump(session, form, which)), name


def test_size_checksum_and_counts_are_those_of_the_file(engine: Engine, kb: Knowledge, tmp_path: Path) -> None:
    dumps = Dumps(engine, tmp_path / "dumps")
    manifest = dumps.make(nobody)
    for file in manifest.files:
        data = dumps.place(manifest, file.name).read_bytes()
        assert (file.bytes, file.sha256) == (len(data), hashlib.sha256(data).hexdigest())
        assert file.triples == triples(file, unpacked(file.name, data)), file.name
    editions = {file.set: file.editions for file in manifest.files}
    assert editions == {"current": 11, "all": 13, "vocabulary": 0}
    with reading(engine) as session:
        head = read.head(session)
    assert (manifest.seq, manifest.leaf_hash, manifest.time) == (head.seq, head.leaf_hash, head.time)


def triples(file: File, data: bytes) -> int:
    """Counted by a reader of RDF, or from the documents by way of the other files of the set."""
    forms = {"nq": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG, "ttl": RdfFormat.TURTLE}
    if file.form == "jsonld":
        assert len([json.loads(line) for line in data.splitlines()]) == file.editions
        return file.triples
    return len({str(one) for one in parse(data, format=forms[file.form])})


def test_what_is_counted_on_the_way_is_what_a_reader_counts(engine: Engine, kb: Knowledge, tmp_path: Path) -> None:
    dumps = Dumps(engine, tmp_path / "dumps")
    manifest = dumps.make(nobody)
    graph = rdflib.Graph().parse(data=gzip.decompress(dumps.place(manifest, "current.ttl.gz").read_bytes()))
    assert manifest.counts.subjects == len(set(graph.subjects()))
    properties = Counter(str(one) for one in graph.predicates())
    assert manifest.counts.properties == dict(sorted(properties.items()))
    assert manifest.counts.classes == dict(sorted(Counter(map(str, graph.objects(None, rdflib.RDF.type))).items()))
    languages = {one.language for one in graph.objects() if isinstance(one, rdflib.Literal) and one.language}
    assert set(manifest.counts.languages) == languages
    assert len(graph) == manifest.files[0].triples


def test_frames_after_one_another_are_a_file_that_everybody_reads(
    engine: Engine, kb: Knowledge, tmp_path: Path
) -> None:
    """The N-Quads are packed once, at the seal: here they are only put together."""
    file = tmp_path / "all.nq.zst"
    file.write_bytes(made(engine, tmp_path / "dumps")["all.nq.zst"])
    with reading(engine) as session:
        assert file.read_bytes() == b"".join(packed for _, packed, _ in read.with_packed(session))
    with zstandard.open(file, "rb") as opened:
        quads = {str(quad) for quad in parse(opened, format=RdfFormat.N_QUADS)}
    with zstandard.open(file, "rb") as opened:
        dataset = rdflib.Dataset().parse(opened, format="nquads")
    assert len(quads) == len(list(dataset.quads())) > 600
    assert len({quad[3] for quad in dataset.quads()}) == 13


def test_the_same_position_gives_the_same_bytes(engine: Engine, kb: Knowledge, tmp_path: Path) -> None:
    assert made(engine, tmp_path / "one") == made(engine, tmp_path / "two")


def test_what_was_redacted_is_in_no_file(engine: Engine, kb: Knowledge, tmp_path: Path) -> None:
    before = made(engine, tmp_path / "before")
    gone = f"claims/{kb.claim}/v1>".encode()
    assert gone in unpacked("", gzip.decompress(before["all.nq.gz"]))
    remove(engine, kb)
    after = made(engine, tmp_path / "after")
    for name, data in after.items():
        quads = [line for line in unpacked(name, data).splitlines() if line.endswith(gone + b" .")]
        assert quads == [], name
    lines = [json.loads(line)["@id"] for line in gzip.decompress(after["all.jsonld.gz"]).splitlines()]
    assert not [one for one in lines if one.endswith(f"claims/{kb.claim}/v1")]
    assert [one for one in lines if one.endswith(f"claims/{kb.claim}/v3")]


def test_a_withdrawn_record_stands_in_the_current_set_as_it_is(engine: Engine, kb: Knowledge, tmp_path: Path) -> None:
    lines = gzip.decompress(made(engine, tmp_path / "dumps")["current.jsonld.gz"]).splitlines()
    found = [one for one in map(json.loads, lines) if kb.gone in one["editionOf"]]
    assert [(one["version"], one["change"]) for one in found] == [(2, "withdrawal")]


def test_an_empty_log_has_no_files(engine: Engine, tmp_path: Path) -> None:
    with reading(engine) as session, pytest.raises(Missing):
        make(session, tmp_path / "dumps", nobody)
    assert Dumps(engine, tmp_path / "dumps").look() == 0
    assert not (tmp_path / "dumps").exists()


def test_one_pass_over_the_log_makes_them_all(engine: Engine, kb: Knowledge, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    manifest = Dumps(engine, tmp_path / "dumps").make(lambda done, last: steps.append((done, last)))
    assert steps == [(number, 12) for number in range(13)]
    assert isinstance(manifest, Manifest)
