"""The label of a verdict, to the letter: INTERFACES, "Label rule".

Page, lists, ClaimReview and feeds print these strings and no others, so that a verdict is never seen without
the aspects that fail and the replies of those concerned.
"""

from collections.abc import Hashable, Iterable, Sequence

from kb.values.rollup import failing
from kb.values.vocabulary import VERDICT

# How aspects are named that are neither supported nor contradicted, in the order of the list of verdicts.
_BESIDE = {
    "partly_supported": "only in part",
    "disputed": "in dispute",
    "unverified": "unverified",
    "not_checkable": "not checkable",
}


def verdict_label(
    verdict: str, main: Sequence[tuple[str, str]], replies: Iterable[tuple[Hashable | None, str]] = ()
) -> str:
    """“Disputed. Walid Abu Rouk denies it.”

    `main` are the main aspects in order, as (code, verdict). `replies` are (speaker, short form) in order; a speaker
    of None is one that the report does not name, and each of those is taken for another.
    """
    words, shorts = verdict_words(verdict, main), first_replies(replies)
    return f"{words}. {' '.join(shorts)}" if shorts else words


def list_label(
    verdict: str, main: Sequence[tuple[str, str]], replies: Iterable[tuple[Hashable | None, str]] = ()
) -> str:
    """The same for a line that may be cut off: the replies come first."""
    words, shorts = verdict_words(verdict, main), first_replies(replies)
    return f"{' '.join(shorts)} {words}." if shorts else words


def in_words(code: str) -> str:
    """The short name of an aspect: `one_network` is “one network”."""
    return code.replace("_", " ")


def verdict_words(verdict: str, main: Sequence[tuple[str, str]]) -> str:
    """“Partly supported; the year is contradicted; only in part: unit, fake”: the label without replies."""
    parts = [VERDICT.label(verdict)]
    if any(own != verdict for _, own in main):
        fail = failing(main)
        parts += [f"the {in_words(code)} is contradicted" for code, own in fail if own == "contradicted"]
        for word, beside in _BESIDE.items():
            if codes := [in_words(code) for code, own in fail if own == word]:
                parts.append(f"{beside}: {', '.join(codes)}")
    return "; ".join(parts)


def first_replies(replies: Iterable[tuple[Hashable | None, str]]) -> list[str]:
    """The short form of each speaker's first reply: what stands wherever the allegation does."""
    heard: set[Hashable] = set()
    shorts = []
    for speaker, short in replies:
        if speaker is None or speaker not in heard:
            shorts.append(short)
        heard.add(speaker)
    return shorts
