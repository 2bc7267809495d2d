"""A page of our own as an edition says it: method, about, corrections policy, glossary."""

from typing import Annotated

from pydantic import Field

from kb.documents.forms import Form, Language, Maybe, Prose, classes
from kb.documents.nodes import Node


class Page(Node):
    """A text of the desk's own, in Markdown; every assessment names the version of the method in force."""

    id: Annotated[str, Field(alias="@id"), Form(r"/[a-z0-9-]+#it$", "A page stands under its slug.")]
    type: Annotated[list[str], Field(alias="@type"), classes("Page", "WebPage")]
    name: Prose
    body: Prose
    in_language: Maybe[Language] = None
    note: Maybe[Prose] = None
