"""One occurrence of a claim: a passage, and the chain of voices through which it reaches us."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from kb.documents.forms import Agents, Edtf, Form, Maybe, Ordinal, Prose, Sources, Words, classes, word, wrong
from kb.documents.nodes import Node, QuoteState, Target, check_state, numbered
from kb.values import attribution, vocabulary

_LINK_ID = Form(
    r"#appearance-[1-9][0-9]*-link-[1-9][0-9]*$",
    "The IRI of a link ends in #appearance-, a number, -link- and a number.",
)


class Link(Node):
    """One voice; position 1 is the outermost."""

    id: Annotated[str, Field(alias="@id"), _LINK_ID]
    type: Annotated[Literal["Link"], Field(alias="@type")]
    position: Ordinal
    name: Prose
    unnamed: bool
    role: Annotated[str, word(vocabulary.LINK_ROLE)]
    attitude: Annotated[str, word(vocabulary.ATTITUDE)]
    factive: bool
    read_by_editor: bool
    agent: Maybe[Agents] = None
    verb: Maybe[Prose] = None
    in_source: Maybe[Sources] = None
    stated_on: Maybe[Edtf] = None
    hedges: Maybe[Words] = None

    @model_validator(mode="after")
    def _unnamed_has_no_agent(self) -> Self:
        if self.unnamed and self.agent is not None:
            raise wrong("An unnamed voice has no agent record.")
        return self

    def voice(self) -> attribution.Link:
        """The link as the rules of a chain read it."""
        return attribution.Link(
            self.position,
            next(iter(self.name.values())),
            self.role,
            self.attitude,
            self.agent,
            self.unnamed,
            read_by_editor=self.read_by_editor,
        )


class Appearance(Node):
    """A passage with its chain; its quote was located by the code or read by an editor, never unseen."""

    id: Annotated[str, Field(alias="@id"), numbered("appearance")]
    type: Annotated[list[str], Field(alias="@type"), classes("Appearance", "Annotation")]
    motivation: Literal["identifying"]
    target: Target
    quote_state: QuoteState
    certainty: Annotated[str, word(vocabulary.CERTAINTY)]
    certainty_reason: Prose
    chain: Annotated[list[Link], Field(min_length=1)]
    other_places: Maybe[Annotated[list[Target], Field(min_length=1)]] = None
    note: Maybe[Prose] = None

    @model_validator(mode="after")
    def _chain_is_whole(self) -> Self:
        try:
            attribution.check_chain([link.voice() for link in self.chain])
        except attribution.ChainIncomplete as refusal:
            raise wrong(f"Of the chain, {refusal.what}") from refusal
        return self

    @model_validator(mode="after")
    def _quote_is_known(self) -> Self:
        if self.quote_state == "unseen":
            raise wrong("The quote of an appearance is verified or recorded.")
        check_state(self.quote_state, self.target)
        if self.quote_state == "recorded" and self.target.text_sha256 is None:
            raise wrong("A recorded quote of an appearance has the hash of the text in which it was read.")
        return self
