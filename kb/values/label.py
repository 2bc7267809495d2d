"""The label of a claim: its verdict with what fails, and the replies (INTERFACES, "Label rule")."""

from collections.abc import Sequence

from kb.values.rollup import failing
from kb.values.vocabulary import VERDICT

# How the aspects that are neither supported nor contradicted are introduced.
_GROUPS = (
    ("partly_supported", "only in part"),
    ("disputed", "in dispute"),
    ("unverified", "unverified"),
    ("not_checkable", "not checkable"),
)


def in_words(code: str) -> str:
    """The short name of an aspect: its code in words."""
    return code.replace("_", " ")


def verdict_words(verdict: str, main: Sequence[tuple[str, str]]) -> str:
    """“Partly supported; the year is contradicted; only in part: unit, fake” from (code, verdict) of main aspects."""
    word = VERDICT.label(verdict)
    if all(said == verdict for _, said in main):
        return word
    fail = failing(main)
    parts = [word, *(f"the {in_words(code)} is contradicted" for code, said in fail if said == "contradicted")]
    for group, introduction in _GROUPS:
        if codes := [in_words(code) for code, said in fail if said == group]:
            parts.append(f"{introduction}: {', '.join(codes)}")
    return "; ".join(parts)


def first_replies(replies: Sequence[tuple[str, str]]) -> list[str]:
    """The short form of each speaker's first reply, from (speaker, short) in their order."""
    first: dict[str, str] = {}
    for speaker, short in replies:
        first.setdefault(speaker, short)
    return list(first.values())


def verdict_label(verdict: str, main: Sequence[tuple[str, str]], replies: Sequence[tuple[str, str]]) -> str:
    """The label of a page and of ClaimReview: the verdict first, then the replies."""
    words, shorts = verdict_words(verdict, main), first_replies(replies)
    return f"{words}. {' '.join(shorts)}" if shorts else words


def list_label(verdict: str, main: Sequence[tuple[str, str]], replies: Sequence[tuple[str, str]]) -> str:
    """The label where a line may be cut off: the replies first."""
    words, shorts = verdict_words(verdict, main), first_replies(replies)
    return f"{' '.join(shorts)} {words}." if shorts else words
