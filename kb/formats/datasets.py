"""What the data sets are, for machines that look for data: VoID and DCAT 3 as RDF, in one graph.

https://www.w3.org/TR/void/ and https://www.w3.org/TR/vocab-dcat-3/; checksums by SPDX, as DCAT has them.
"""

from collections.abc import Iterator, Mapping, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from kb.documents.context import PREFIXES as OF_DOCUMENTS
from kb.formats.holdings import Counts, File, Made, Publication
from kb.formats.ns.history import versions

PREFIXES = {
    **{name: OF_DOCUMENTS[name] for name in ("rdf", "rdfs", "dcterms", "dcat")},
    "void": "http://rdfs.org/ns/void#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
}
IANA = "https://www.iana.org/assignments/media-types/"
COMPRESSIONS = {"gz": f"{IANA}application/gzip", "zst": f"{IANA}application/zstd"}
# https://www.w3.org/ns/formats/: an IRI for each form of RDF.
W3C = "http://www.w3.org/ns/formats/"
W3C_NAMES = {"nq": "N-Quads", "trig": "TriG", "ttl": "Turtle", "jsonld": "JSON-LD"}
# DCAT 3 asks for these of languages that have a code of two letters.
LANGUAGES = "http://id.loc.gov/vocabulary/iso639-1/"
SPARQL_STANDARD = "https://www.w3.org/TR/sparql11-query/"
RIGHTS = "The licence is for our own words only; quotations keep their own rights."
KEYWORDS = ("claims", "fact-checking", "quotations", "evidence", "sources")
SETS = {
    "current": "current editions",
    "all": "all editions",
    "vocabulary": "vocabulary",
}
DESCRIPTIONS = {
    "current": """\
The newest edition of every claim, source, agent, origin, topic and page, each in a graph of its own name. Withdrawn \
records are in it as they stand. The vocabulary is a part with a file of its own and is not counted here: so many \
triples are in the default graph of the SPARQL endpoint beside the vocabulary.""",
    "all": """\
Every edition of every record, each in the graph that is named by its address. Its triples are counted graph by \
graph. Editions whose content was redacted are left out.""",
    "vocabulary": "Terms of our own and the closed lists, such as verdicts and stances.",
}
ONE_A_LINE = "JSON-LD documents, one a line: the canonical bytes of each edition."


Term = NamedNode | BlankNode | Literal
Said = tuple[NamedNode | BlankNode, Mapping[str, Sequence[Term]]]


def describe(about: Publication, made: Made | None) -> list[Triple]:
    """All that is so; without files, sizes and numbers where none are made."""
    said = [*_catalogue(about, made), *_service(about)]
    for name in SETS:
        said += _set(about, name, made)
    if made:
        said += _parts(about, made.counts)
        for file in made.files:
            said += _file(about, file, made)
    return [
        Triple(subject, _name(key), value) for subject, values in said for key, some in values.items() for value in some
    ]


def write(triples: Sequence[Triple], form: str) -> bytes:
    """In one of FORMATS."""
    return serialize(triples, format=FORMATS[form], prefixes=PREFIXES) or b""


def _catalogue(about: Publication, made: Made | None) -> Iterator[Said]:
    here = f"{about.base}data"
    sets = [_part(about, name) for name in SETS]
    catalogue: dict[str, Sequence[Term]] = {
        "rdf:type": [_name("dcat:Catalog")],
        "dcterms:title": [_words(f"{about.name}: data")],
        "dcterms:description": [
            _words("Claims, each with its source, its exact words, what was found and the replies.")
        ],
        "foaf:homepage": [NamedNode(about.base)],
        "dcat:dataset": sets,
        "dcat:service": [_part(about, "sparql")],
    }
    yield _part(about, "catalogue"), catalogue | _common(about, made)
    description: dict[str, Sequence[Term]] = {
        "rdf:type": [_name("void:DatasetDescription"), _name("foaf:Document")],
        "dcterms:title": [_words(f"{about.name}: what the data sets are")],
        "foaf:primaryTopic": sets[:1],
        "foaf:topic": sets[1:],
    }
    yield NamedNode(f"{about.base}.well-known/void"), description
    yield NamedNode(here), {"rdf:type": [_name("foaf:Document")], "foaf:primaryTopic": [_part(about, "catalogue")]}
    yield (
        NamedNode(about.publisher),
        {
            "rdf:type": [_name("foaf:Agent")],
            "foaf:name": [Literal(about.publisher_name)],
        },
    )
    yield _part(about, "rights"), {"rdf:type": [_name("dcterms:RightsStatement")], "rdfs:label": [_words(RIGHTS)]}


def _service(about: Publication) -> Iterator[Said]:
    endpoint = NamedNode(f"{about.base}sparql")
    yield (
        _part(about, "sparql"),
        {
            "rdf:type": [_name("dcat:DataService")],
            "dcterms:title": [_words(f"{about.name}: SPARQL")],
            "dcterms:description": [
                _words("SPARQL 1.1, read only: current editions and vocabulary; each edition by name.")
            ],
            "dcterms:publisher": [NamedNode(about.publisher)],
            "dcterms:license": [NamedNode(about.licence)],
            "dcterms:conformsTo": [NamedNode(SPARQL_STANDARD)],
            "dcat:endpointURL": [endpoint],
            "dcat:endpointDescription": [endpoint],
            "dcat:servesDataset": [_part(about, name) for name in SETS],
            "dcat:landingPage": [NamedNode(f"{about.base}data")],
        },
    )


def _set(about: Publication, name: str, made: Made | None) -> Iterator[Said]:
    files = [file for file in made.files if file.set == name] if made else []
    said: dict[str, Sequence[Term]] = {
        "rdf:type": [_name("dcat:Dataset"), _name("void:Dataset")],
        "dcterms:title": [_words(f"{about.name}: {SETS[name]}")],
        "dcterms:description": [_words(DESCRIPTIONS[name])],
        "dcat:keyword": [_words(word) for word in KEYWORDS],
        "foaf:homepage": [NamedNode(about.base)],
        "dcat:distribution": [_part(about, file.name) for file in files],
        "void:sparqlEndpoint": [NamedNode(f"{about.base}sparql")],
        # A document a line is no file of RDF.
        "void:dataDump": [_download(about, file) for file in files if file.form != "jsonld"],
        "void:triples": [_number(file.triples) for file in files[:1]],
        "void:documents": [_number(file.editions) for file in files[:1] if name != "vocabulary"],
    }
    yield _part(about, name), said | _common(about, made) | _own(about, name)


def _own(about: Publication, name: str) -> dict[str, list[Term]]:
    """What is so of one of the sets alone."""
    if name == "vocabulary":
        # It changes with the software, not with the log, and is written in English.
        first, newest = versions()[0], versions()[-1]
        return {
            "void:uriSpace": [Literal(OF_DOCUMENTS[one]) for one in ("cb", "cbv")],
            "dcterms:issued": [_typed(first.date, "date")],
            "dcterms:modified": [_typed(newest.date, "date")],
            "dcterms:language": [NamedNode(f"{LANGUAGES}en")],
            "dcat:version": [Literal(newest.number)],
        }
    subset = "vocabulary" if name == "current" else "current"
    return {
        "void:subset": [_part(about, subset)],
        "void:uriSpace": [Literal(about.base)],
        "void:exampleResource": [NamedNode(about.example)],
        "void:vocabulary": [NamedNode(iri) for iri in OF_DOCUMENTS.values()],
    }


def _common(about: Publication, made: Made | None) -> dict[str, list[Term]]:
    """Of the catalogue and of every set."""
    tags = sorted({tag.partition("-")[0] for tag in made.counts.languages} if made else {"en"})
    return {
        "dcterms:license": [NamedNode(about.licence)],
        "dcterms:rights": [_part(about, "rights")],
        "dcterms:publisher": [NamedNode(about.publisher)],
        "dcterms:issued": [_time(about.founded)],
        "dcterms:modified": [_time(made.time)] if made else [],
        "dcterms:language": [NamedNode(LANGUAGES + tag) for tag in tags if len(tag) == 2],
        "dcat:landingPage": [NamedNode(f"{about.base}data")],
        "dcat:version": [Literal(str(made.seq))] if made else [],
    }


def _parts(about: Publication, counts: Counts) -> Iterator[Said]:
    """The current set by classes and by properties."""
    current = _part(about, "current")
    classes = [BlankNode(f"class{number}") for number in range(len(counts.classes))]
    properties = [BlankNode(f"property{number}") for number in range(len(counts.properties))]
    yield (
        current,
        {
            "void:entities": [_number(counts.subjects)],
            "void:distinctSubjects": [_number(counts.subjects)],
            "void:classes": [_number(len(classes))],
            "void:properties": [_number(len(properties))],
            "void:classPartition": [*classes],
            "void:propertyPartition": [*properties],
        },
    )
    for node, (iri, count) in zip(classes, counts.classes.items(), strict=True):
        yield node, {"void:class": [NamedNode(iri)], "void:entities": [_number(count)]}
    for node, (iri, count) in zip(properties, counts.properties.items(), strict=True):
        yield node, {"void:property": [NamedNode(iri)], "void:triples": [_number(count)]}


def _file(about: Publication, file: File, made: Made) -> Iterator[Said]:
    checksum = _part(about, f"{file.name}-sha256")
    packed = COMPRESSIONS.get(file.compression)
    yield (
        _part(about, file.name),
        {
            "rdf:type": [_name("dcat:Distribution")],
            "dcterms:title": [_words(file.name)],
            "dcterms:description": [_words(ONE_A_LINE)] if file.form == "jsonld" else [],
            "dcterms:license": [NamedNode(about.licence)],
            "dcterms:rights": [_part(about, "rights")],
            "dcterms:modified": [_time(made.time)],
            "dcterms:format": [NamedNode(W3C + W3C_NAMES[file.form])],
            "dcat:accessURL": [NamedNode(f"{about.base}data")],
            "dcat:downloadURL": [_download(about, file)],
            "dcat:mediaType": [NamedNode(IANA + file.media_type)],
            "dcat:compressFormat": [NamedNode(packed)] if packed else [],
            "dcat:byteSize": [_typed(str(file.bytes), "nonNegativeInteger")],
            "spdx:checksum": [checksum],
        },
    )
    yield (
        checksum,
        {
            "rdf:type": [_name("spdx:Checksum")],
            "spdx:algorithm": [_name("spdx:checksumAlgorithm_sha256")],
            "spdx:checksumValue": [_typed(file.sha256, "hexBinary")],
        },
    )


def _part(about: Publication, name: str) -> NamedNode:
    """What has no page of its own, by a fragment of the page that tells of it."""
    return NamedNode(f"{about.base}data#{name}")


def _download(about: Publication, file: File) -> NamedNode:
    return NamedNode(f"{about.base}data/{file.name}")


def _name(short: str) -> NamedNode:
    prefix, _, name = short.partition(":")
    return NamedNode(PREFIXES[prefix] + name)


def _words(text: str) -> Literal:
    return Literal(text, language="en")


def _number(value: int) -> Literal:
    return _typed(str(value), "integer")


def _time(value: str) -> Literal:
    return _typed(value, "dateTime")


def _typed(value: str, datatype: str) -> Literal:
    return Literal(value, datatype=NamedNode(PREFIXES["xsd"] + datatype))
