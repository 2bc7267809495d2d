"""An agent as an edition says it: a person, organisation, office, account or unnamed source that is not private."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from kb.documents.forms import Address, Agents, Edtf, ExternalIds, Form, Maybe, OneOf, Prose, SameAs, Words, word, wrong
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
    other_names: Maybe[Words] = None
    died_on: Maybe[Edtf] = None
    job_title: Maybe[Prose] = None
    member_of: Maybe[Annotated[list[Agents], Field(min_length=1)]] = None
    same_as: Maybe[SameAs] = None
    possibly_same_as: Maybe[Annotated[list[Agents], Field(min_length=1)]] = None
    url: Maybe[Address] = None
    description: Maybe[Prose] = None
    note: Maybe[Prose] = None
    external_ids: Maybe[ExternalIds] = None

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
