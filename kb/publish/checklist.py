"""The second reader's checklist: what the method asks of a review, and what the machine has checked already."""

from collections.abc import Mapping

# Word → what the reader answers for. That quotes stand in the text we hold is checked by the machine.
CHECKS: Mapping[str, str] = {
    "quotes": "Each quote says in its place what we take from it.",
    "attribution": "The chain is right: who says it, on whose word, and how.",
    "figures": "Figures are read as printed and compared only with what can be compared.",
    "opposing": "Evidence on the other side was looked for, and is there where it was found.",
    "conclusion": "The verdict and its reason stand by themselves, without anything that is not on the page.",
    "fairness": "It is fair to the persons concerned: the claim is judged, not they, and their reply is heard.",
}
# What is asked of sources, agents, origins, topics and our own pages.
OTHER_CHECKS: Mapping[str, str] = {
    "right": "Everything in it is right, and is where it says that it is from.",
    "fairness": "It is fair to the persons named, and tells no more of them than is needed.",
}


def checks_of(kind: str) -> Mapping[str, str]:
    """The checks of a kind of record, in the order in which they are asked."""
    return CHECKS if kind == "claim" else OTHER_CHECKS
