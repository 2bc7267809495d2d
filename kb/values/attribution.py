"""Attribution: the chain of voices through which a claim reaches us, from the outermost to the innermost."""

from collections.abc import Sequence
from dataclasses import dataclass

from kb.errors import Refused
from kb.values.prose import shown
from kb.values.vocabulary import ATTITUDE, LINK_ROLE

LEADING = ("publisher", "author")


@dataclass(frozen=True, kw_only=True)
class Link:
    """One voice. `position` counts from 1, the outermost.

    `agent` is the agent's key, absent where the voice is unnamed; `private` marks a person who is named inside
    the claim alone. `attitude` is what the voice does with the content; `verb` is as printed.
    """

    position: int
    name: str
    role: str
    attitude: str
    agent: str | None = None
    verb: str | None = None
    factive: bool = False
    read_by_editor: bool = False
    unnamed: bool = False
    private: bool = False


class ChainIncomplete(Refused):
    """A chain that does not say, in one line and without a circle, who says it and what was read."""

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what, where="chain", remedy=remedy)


def check_chain(links: Sequence[Link]) -> None:
    """Raises ChainIncomplete with the first thing that is wrong."""
    if not links:
        raise ChainIncomplete("A chain has at least one link.", "Say who publishes the text.")
    if [link.position for link in links] != list(range(1, len(links) + 1)):
        raise ChainIncomplete(f"The places of a chain run from 1 to {len(links)} in order.")
    for link in links:
        _check_link(link)
    read = [link.position for link in links if link.read_by_editor]
    if len(read) != 1:
        found = f"links {', '.join(map(str, read))} are" if read else "none is"
        raise ChainIncomplete(
            f"Exactly one link was read by an editor; {found} marked so.", "Mark the text that was read."
        )
    _check_no_circle(links)


def read_link(links: Sequence[Link]) -> int:
    """The place of the link that was read, by the corpus' rule: the last of the leading publisher and author links."""
    place = 0
    for link in links:
        if link.role not in LEADING:
            break
        place = link.position
    if not place:
        raise ChainIncomplete(
            "A chain begins with a publisher or an author.", "Say who publishes the text that was read."
        )
    return place


def author(links: Sequence[Link]) -> Link | None:
    """Whose claim it is: the innermost voice that is public, named, and does more than publish.

    Where no named voice does more, it is the outermost one, who publishes; None where none is named and public.
    """
    named = [link for link in links if not link.unnamed and not link.private]
    speaking = [link for link in named if link.attitude != "publishes"]
    if speaking:
        return speaking[-1]
    return named[0] if named else None


def _check_link(link: Link) -> None:
    place = f"Link {link.position}"
    if link.role not in LINK_ROLE:
        raise ChainIncomplete(f"{place}: “{shown(link.role)}” is not a role.", f"Choose of {', '.join(LINK_ROLE)}.")
    if link.attitude not in ATTITUDE:
        raise ChainIncomplete(f"{place}: “{shown(link.attitude)}” is no attitude.", f"Choose of {', '.join(ATTITUDE)}.")
    if not link.name.strip():
        raise ChainIncomplete(f"{place} has no name.", "An unnamed voice is named in words: “a senior official”.")
    if link.unnamed and link.agent is not None:
        raise ChainIncomplete(f"{place} is unnamed, and yet has an agent.", "Leave out the agent, or the mark.")
    if link.role == "unnamed_source" and not link.unnamed:
        raise ChainIncomplete(f"{place} is an unnamed source, and yet is not marked unnamed.")


def _check_no_circle(links: Sequence[Link]) -> None:
    """The same voice twice in one role would pass its own words on to itself."""
    heard: dict[tuple[str, str], int] = {}
    for link in links:
        if link.agent is None:
            continue
        first = heard.setdefault((link.agent, link.role), link.position)
        if first != link.position:
            raise ChainIncomplete(
                f"Links {first} and {link.position} are the same voice in the same role: the chain runs in a circle.",
                "Leave one of them out.",
            )
