"""An origin as an edition says it: where a piece of information first came from."""

from typing import Annotated, Literal

from pydantic import Field

from kb.documents.forms import Agents, Edtf, ExternalIds, Form, Maybe, Prose, Sources
from kb.documents.nodes import Node


class Origin(Node):
    """An announcement, a treaty, a person's own words; a source that is first-hand is its own origin."""

    id: Annotated[
        str, Field(alias="@id"), Form(r"/origins/[0-9a-z]+#it$", "An origin stands under /origins/ and its id.")
    ]
    type: Annotated[Literal["Origin"], Field(alias="@type")]
    label: Prose
    genre: Prose
    seen: bool
    agent: Maybe[Agents] = None
    stated_on: Maybe[Edtf] = None
    first_hand_source: Maybe[Sources] = None
    note: Maybe[Prose] = None
    external_ids: Maybe[ExternalIds] = None
