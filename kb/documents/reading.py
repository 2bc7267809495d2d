"""Bytes of an edition back into its document, trusting nothing.

Format 1 is the only one yet. A later format is read here too, so that editions stay readable for good.
"""

import json
from typing import Any, NoReturn

from kb.documents.canonical import canonical
from kb.documents.edition import check_document
from kb.errors import Broken, Refused


def read_document(data: bytes) -> dict[str, Any]:
    """The document of an edition. Raises Broken where the bytes are not canonical JSON, Refused where the model does.

    `where` is a JSON pointer.
    """
    document = parse(data)
    try:
        written = canonical(document)
    except Refused as refusal:
        raise Broken(refusal.what, where=refusal.where) from refusal
    # Equal bytes also rule out doubled keys, of which a parser keeps the last.
    if written != data:
        raise Broken("The bytes are not canonical (RFC 8785).", where="/")
    check_document(document)
    return document


def parse(data: bytes) -> dict[str, Any]:
    """The JSON object in these bytes, not yet held to any form. Raises Broken."""
    try:
        document = json.loads(data.decode(), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Broken("The bytes are no JSON in UTF-8.", where="/", remedy=str(error)) from error
    if not isinstance(document, dict):
        raise Broken("The bytes hold no JSON object.", where="/")
    return document


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")
