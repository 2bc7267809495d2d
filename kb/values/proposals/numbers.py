"""Numbers as a quote means them: one amount or a range, with the comparator that its words give."""

from dataclasses import dataclass
from decimal import Decimal

from kb.values.proposals.amounts import Amount, amount_at, scale_at, times
from kb.values.proposals.comparators import Meant, before_a_number, behind_a_number
from kb.values.proposals.counted import SIGNS_OF_MONEY
from kb.values.proposals.tokens import Words

DASHES = ("-", "–", "‐", "‑")


@dataclass(frozen=True, kw_only=True)
class Number:
    """`low` stands alone but in a range; its words go from token `first` to before `beyond`."""

    low: Amount
    high: Amount | None = None
    meant: Meant | None = None
    money: str | None = None
    first: int
    beyond: int

    @property
    def comparator(self) -> str:
        if self.high is not None:
            return "between"
        return self.meant.comparator if self.meant else "exact"


def number_at(words: Words, at: int) -> tuple[Number | None, int]:
    """The number whose words begin here, comparator first; and the token to go on at where there is none."""
    if words[at].text == "between":
        return _between(words, at)
    meant = before_a_number(words, at)
    first = at + (meant.length if meant else 0)
    low, money = _money_at(words, first)
    if low is None:
        return None, _behind_chain(words, at)
    high = _other_end(words, low, money)
    if high is not None:
        # “about 5 to 10” gives no bound that could be written down.
        return None if meant else _range(words, at, low, high, money), high.beyond
    if _in_a_chain(words, low):
        return None, _behind_chain(words, first)
    return _one(words, at, low, meant, money), low.beyond


def _behind_chain(words: Words, at: int) -> int:
    """The first token behind digits that dashes join, so that no piece of a telephone number is one."""
    while words[at].kind == "number" and words[at + 1].text in DASHES and words[at + 2].kind == "number":
        at += 2
    return at + 1


def _one(words: Words, at: int, low: Amount, meant: Meant | None, money: str | None) -> Number:
    beyond = low.beyond
    behind = None if meant else behind_a_number(words, beyond)
    if behind is not None:
        meant, beyond = behind, beyond + behind.length
    return Number(low=low, meant=meant, money=money, first=at, beyond=beyond)


def _between(words: Words, at: int) -> tuple[Number | None, int]:
    low, money = _money_at(words, at + 1)
    beyond = low.beyond + (words[low.beyond].text == "%") if low else at
    if low is None or words[beyond].text != "and":
        return None, at + 1
    high, _ = _money_at(words, beyond + 1)
    return (_range(words, at, low, high, money), high.beyond) if high else (None, at + 1)


def _range(words: Words, at: int, low: Amount, high: Amount, money: str | None) -> Number | None:
    shared = _shared_scale(words, low, high, money)
    value = times(low.value, shared) if shared else low.value
    if value is None or Decimal(value) >= Decimal(high.value):
        return None
    return Number(low=low._replace(value=value), high=high, money=money, first=at, beyond=high.beyond)


def _shared_scale(words: Words, low: Amount, high: Amount, money: str | None) -> int | None:
    """In “between 5 and 10 million” both are millions."""
    if low.scaled or not high.scaled or len(range(high.first, high.beyond)) != (3 if money else 2):
        return None
    return scale_at(words, high.beyond - 1, money=money is not None)


def _money_at(words: Words, at: int) -> tuple[Amount | None, str | None]:
    unit = SIGNS_OF_MONEY.get(words[at].text)
    if unit is None:
        return amount_at(words, at), None
    found = amount_at(words, at + 1, money=True) if words[at + 1].kind == "number" else None
    return (found._replace(first=at), unit) if found else (None, None)


def _other_end(words: Words, low: Amount, money: str | None) -> Amount | None:
    """Behind “to”, but not in “from 5 to 10”, which tells of a change; behind a dash without spaces."""
    joint = low.beyond + (words[low.beyond].text == "%")
    if words[joint].text == "to" and words[low.first - 1].text != "from":
        return _money_at(words, joint + 1)[0]
    dashed = words[joint].text in DASHES and words[joint].start == words[joint - 1].end
    if not dashed or words[joint + 1].start != words[joint].end:
        return None
    if money is not None and words[joint + 1].text in SIGNS_OF_MONEY:
        return _money_at(words, joint + 1)[0]
    found = amount_at(words, joint + 1, after_dash=True)
    return None if found is None or _in_a_chain(words, found) else found


def _in_a_chain(words: Words, amount: Amount) -> bool:
    at = amount.beyond
    return amount.in_digits and words[at].text in DASHES and words[at].start == words[at - 1].end
