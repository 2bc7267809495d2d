"""Attribution chains: the ordered voices through which a claim reaches us, from the outermost to the innermost."""

from collections.abc import Sequence
from dataclasses import dataclass

from kb.errors import Refused


class ChainIncomplete(Refused):
    """A chain with a gap, without the link that was read, or going round in a circle."""


@dataclass(frozen=True)
class Link:
    """One voice. `agent` is any name that tells agents apart, None for who is not named; words are in the vocabulary.

    `public` is False for a voice whose name stands inside the claim only.
    """

    position: int
    name: str
    role: str
    attitude: str
    agent: str | None = None
    unnamed: bool = False
    verb: str | None = None
    factive: bool = False
    read_by_editor: bool = False
    public: bool = True


def check_chain(links: Sequence[Link]) -> None:
    """Positions 1, 2, 3 …, exactly one link read, no agent for the unnamed, no voice twice in one role.

    Raises ChainIncomplete.
    """
    if not links:
        raise ChainIncomplete("nobody says it.", where="chain", remedy="Add at least the voice that was read.")
    if [link.position for link in links] != list(range(1, len(links) + 1)):
        places = ", ".join(str(link.position) for link in links)
        raise ChainIncomplete(f"the places are {places}, not 1 to {len(links)}.", where="chain")
    read = [link.position for link in links if link.read_by_editor]
    if len(read) != 1:
        said = f"{len(read)} links are marked as read" if read else "no link is marked as read"
        raise ChainIncomplete(f"{said}; it must be exactly one.", where="chain", remedy="Mark the one you read.")
    seen: set[tuple[str, str]] = set()
    for link in links:
        if link.unnamed and link.agent is not None:
            raise ChainIncomplete("an unnamed voice has an agent.", where=f"chain, link {link.position}")
        if link.agent is None:
            continue
        if (link.agent, link.role) in seen:
            raise ChainIncomplete(
                f"{link.name} stands in the chain twice as {link.role.replace('_', ' ')}: it goes round in a circle.",
                where=f"chain, link {link.position}",
                remedy="Name each voice once in each role.",
            )
        seen.add((link.agent, link.role))


def read_link(roles: Sequence[str]) -> int:
    """The place, from 1, of the link that was read: the last of the leading publisher and author links."""
    place = 0
    for role in roles:
        if role not in ("publisher", "author"):
            break
        place += 1
    if not place:
        raise ChainIncomplete("the chain does not begin with a publisher or author.", where="chain")
    return place


def author(links: Sequence[Link]) -> Link | None:
    """A claim's author: its innermost named public voice that does more than publish.

    Where all others are unnamed or private it is whoever published it; None where nobody public is named.
    """
    voices = [link for link in reversed(links) if link.agent and not link.unnamed and link.public]
    return next((link for link in voices if link.attitude != "publishes"), voices[0] if voices else None)
