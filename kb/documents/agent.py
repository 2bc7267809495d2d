"""An agent as an edition says it: a person, organisation, office, account or unnamed source that is not private."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from kb.documents.forms import Address, Agents, Edtf, ExternalIds, Form, OneOf, Prose, SameAs, Words, word, wrong
from kb.documents.nodes import Living, Node
from kb.values import vocabulary

# schema.org's class of each kind; an account or an unnamed source is an agent and no more.
CLASSES = {
    "person": ["Person", "Agent"],
    "organisation": ["Organization", "Agent"],
    "office": ["Organization", "Agent"],
    "account": ["Agent"],
    "unnamed": ["Agent"],
}


class Agent(Node, Living):
    """Whoever stands in a chain, is concerned, or is a named publisher or author. What is private has no record."""

    id: Annotated[str, Field(alias="@id"), Form(r"/agents/[0-9a-z]+#it$", "An agent stands under /agents/ and its id.")]
    type: Annotated[list[str], Field(alias="@type"), OneOf((["Person", "Agent"], ["Organization", "Agent"], ["Agent"]))]
    name: Prose
    agent_kind: Annotated[str, word(vocabulary.AGENT_KIND)]
    visibility: Annotated[str, word(vocabulary.VISIBILITY)]
    other_names: Words | None = None
    died_on: Edtf | None = None
    job_title: Prose | None = None
    member_of: Annotated[list[Agents], Field(min_length=1)] | None = None
    same_as: SameAs | None = None
    possibly_same_as: Annotated[list[Agents], Field(min_length=1)] | None = None
    url: Address | None = None
    description: Prose | None = None
    note: Prose | None = None
    external_ids: ExternalIds | None = None

    @model_validator(mode="after")
    def _is_public(self) -> Self:
        if self.visibility == "private":
            raise wrong("A private agent has no record.")
        return self

    @model_validator(mode="after")
    def _kind_and_class_agree(self) -> Self:
        if self.type != CLASSES[self.agent_kind]:
            raise wrong(f"The classes of an agent of kind {self.agent_kind} are {CLASSES[self.agent_kind]}.")
        return self
