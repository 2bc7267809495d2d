"""The foundation: what a knowledge base fixes for good."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from kb.documents import addresses
from kb.documents.forms import Address, Form, wrong
from kb.documents.nodes import Node
from kb.documents.terms import LIST_NAMESPACE, TERM_NAMESPACE

FORMAT = 1


class Foundation(Node):
    """Base address, namespaces, format of documents and licence of the data; leaf 0 of the log."""

    id: Annotated[str, Field(alias="@id"), Form("/foundation#it$", "The foundation stands under /foundation.")]
    type: Annotated[Literal["Foundation"], Field(alias="@type")]
    base_address: Annotated[str, Form("^https?://.*/$", "A base address begins with http and ends with a slash.")]
    term_namespace: str
    list_namespace: str
    format: Literal[1]
    license: Address

    @model_validator(mode="after")
    def _stands_under_its_base(self) -> Self:
        if self.id != addresses.iri(self.base_address, addresses.FOUNDATION):
            raise wrong("The foundation stands under its own base address.")
        if (self.term_namespace, self.list_namespace) != (TERM_NAMESPACE, LIST_NAMESPACE):
            raise wrong(f"The namespaces are constants of the software: {TERM_NAMESPACE}, {LIST_NAMESPACE}.")
        return self
