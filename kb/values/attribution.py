"""Attribution: the chain of voices through which a claim reaches us, from the outermost to the innermost."""

from collections.abc import Sequence
from dataclasses import dataclass

from kb.errors import Refused
from kb.values.prose import shown
from kb.values.vocabulary import ATTITUDE, LINK_ROLE

LEADING = ("publisher", "author")


@dataclass(frozen=True)
class Link:
    """One voice. `position` counts from 1, the outermost.

    `agent` is any name that tells agents apart, None for who is not named; `public` is False for a voice whose name
    stands inside the claim only. `attitude` is what the voice does with the content; `verb` is as printed.
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


class ChainIncomplete(Refused):
    """A chain that does not say, in one line and without a circle, who says it and what was read.

    `what` goes on from the words “of the chain”.
    """

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what, where="chain", remedy=remedy)


def check_chain(links: Sequence[Link]) -> None:
    """Raises ChainIncomplete with the first thing that is wrong."""
    if not links:
        raise ChainIncomplete("there is no link: nobody says it.", "Say who publishes the text.")
    if [link.position for link in links] != list(range(1, len(links) + 1)):
        raise ChainIncomplete(f"the places do not run from 1 to {len(links)} in order.")
    for link in links:
        _check_link(link)
    read = [link.position for link in links if link.read_by_editor]
    if len(read) != 1:
        found = f"links {', '.join(map(str, read))} are" if read else "none is"
        raise ChainIncomplete(
            f"exactly one link was read by an editor; {found} marked so.", "Mark the text that was read."
        )
    _check_no_circle(links)


def read_link(roles: Sequence[str]) -> int:
    """The place, from 1, of the link that was read, the last of the leading publishers and authors."""
    place = 0
    for role in roles:
        if role not in LEADING:
            break
        place += 1
    if not place:
        raise ChainIncomplete(
            "the first link is no publisher and no author.", "Say who publishes the text that was read."
        )
    return place


def author(links: Sequence[Link]) -> Link | None:
    """Whose claim it is: the innermost voice that is public, named, and does more than publish.

    Where no named voice does more, it is the outermost one, who publishes; None where none is named and public.
    """
    named = [link for link in links if link.agent is not None and link.public]
    speaking = [link for link in named if link.attitude != "publishes"]
    if speaking:
        return speaking[-1]
    return named[0] if named else None


def _check_link(link: Link) -> None:
    place = f"link {link.position}"
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
                f"links {first} and {link.position} are the same voice in the same role: the chain runs in a circle.",
                "Leave one of them out.",
            )
