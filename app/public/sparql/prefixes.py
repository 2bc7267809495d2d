"""The usual prefixes, and those of them that a query uses without having declared them."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from kb.documents.context import PREFIXES

# Those of the documents first; then what queries over other data are used to.
USUAL: Mapping[str, str] = MappingProxyType(
    {
        **PREFIXES,
        "owl": "http://www.w3.org/2002/07/owl#",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "dc": "http://purl.org/dc/elements/1.1/",
        "void": "http://rdfs.org/ns/void#",
        "sd": "http://www.w3.org/ns/sparql-service-description#",
        "sh": "http://www.w3.org/ns/shacl#",
    }
)
# What may hold a colon and is no prefixed name comes first, so that a name within it is none.
_TOKEN = re.compile(
    r"""(?P<comment>\#[^\r\n]*)
    |<[^<>"{}|^`\\\x00-\x20]*>
    |\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''
    |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*'
    |[?$]\w+|_:[\w.\-]*
    |(?P<prefix>(?:[^\W\d_][\w.\-]*)?):[\w.\-:%]*
    |(?P<word>[^\W\d_][\w.\-]*)""",
    re.VERBOSE | re.DOTALL,
)


def with_prefixes(query: str) -> str:
    """The query with the usual prefixes before it that it uses and does not declare: in one line, where there are any.

    So a place in it is a place in the query, or one line further down.
    """
    declared = " ".join(f"PREFIX {name}: <{USUAL[name]}>" for name in missing(query))
    return f"{declared}\n{query}" if declared else query


def missing(query: str) -> list[str]:
    """The usual prefixes that it uses and does not declare, in the order of USUAL."""
    used, declared = set[str](), set[str]()
    declares = False
    for found in _TOKEN.finditer(query):
        if found["comment"]:
            continue
        if (prefix := found["prefix"]) is not None:
            (declared if declares else used).add(prefix)
        declares = (found["word"] or "").lower() == "prefix"
    return [name for name in USUAL if name in used - declared]
