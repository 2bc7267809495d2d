"""Queries drawn from the words of a corpus, the same for the same seed: rare and common words, two words, phrases."""

import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

EACH = 8
# Words of at most so many claims are rare, and words of at least such a share of all claims are common.
RARE, COMMON = 5, 0.1
SHORTEST = 3
CLAIM = 6


def claims(folder: Path) -> Iterator[tuple[int, str, str, str]]:
    """Number, head, quoted words and the rest of each claim, as they are indexed."""
    with closing(sqlite3.connect(f"file:{folder / 'claimbase.db'}?mode=ro", uri=True)) as database:
        yield from database.execute(
            "SELECT t.seq, t.head, t.quoted, t.rest FROM catalogue_text t"
            " JOIN catalogue_facet f ON f.seq = t.seq AND f.name = 'kind' AND f.value = 'claim' ORDER BY t.seq"
        )


def draw(folder: Path, seed: int) -> dict[str, list[str]]:
    """Queries by their kind, EACH of each kind."""
    chance = random.Random(seed)
    held: Counter[str] = Counter()
    heads: list[list[str]] = []
    for _, head, quoted, rest in claims(folder):
        held.update({word for word in f"{head}{quoted}{rest}".split() if _is_word(word)})
        heads.append(head.partition("\n")[0].split())
    rare = sorted(word for word, number in held.items() if number <= RARE)
    common = sorted(word for word, number in held.items() if number >= COMMON * len(heads))
    return {
        "rare words": chance.sample(rare, EACH),
        "common words": chance.sample(common, EACH),
        "two words": [" ".join(_two(chance, heads)) for _ in range(EACH)],
        "phrases": [f'"{" ".join(_beside(chance, heads))}"' for _ in range(EACH)],
    }


def _two(chance: random.Random, heads: list[list[str]]) -> list[str]:
    """Of one claim, so that there is a hit."""
    return chance.sample([word for word in chance.choice(heads) if _is_word(word)], 2)


def _beside(chance: random.Random, heads: list[list[str]]) -> list[str]:
    words = chance.choice(heads)
    place = chance.randrange(len(words) - 2)
    return words[place : place + 3]


def _is_word(word: str) -> bool:
    return len(word) >= SHORTEST and word.isalpha()
