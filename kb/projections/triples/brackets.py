"""Which brackets are open at a place of a query, and what stands in them."""

from enum import Enum

from kb.projections.triples.tokens import Sort, Token

_CLOSES = {")": "(", "]": "[", "}": "{", ">>": "<<"}


class Inside(Enum):
    """What stands between two brackets."""

    # Braces, square brackets, and << >>: patterns, or the template of a CONSTRUCT.
    PATTERNS = 1
    # Of FILTER, of a function, of a clause.
    EXPRESSION = 2
    # The braces of VALUES, and its parentheses.
    VALUES = 3
    # A collection, a path, or an expression after something other than a word: it cannot be told without a grammar.
    UNSURE = 4


class Brackets:
    """A stack of those that are open."""

    def __init__(self) -> None:
        self._open: list[tuple[str, Inside]] = []
        self._values = False
        self._before: Token | None = None

    @property
    def depth(self) -> int:
        return len(self._open)

    @property
    def inside(self) -> Inside | None:
        """What the innermost ones hold; None where none is open."""
        return self._open[-1][1] if self._open else None

    @property
    def in_parentheses(self) -> bool:
        return bool(self._open) and self._open[-1][0] == "("

    def take(self, token: Token) -> None:
        """Open or close; a bracket that closes another kind is left to the engine."""
        if token.sort is Sort.WORD and token.text.upper() == "VALUES":
            self._values = True
        elif token.sort is Sort.SIGN and token.text in _CLOSES.values():
            self._open.append((token.text, self._of(token.text)))
            self._values = self._values and token.text == "("
        elif token.sort is Sort.SIGN and self._open and _CLOSES.get(token.text) == self._open[-1][0]:
            self._open.pop()
        self._before = token

    def _of(self, bracket: str) -> Inside:
        if self._values or (bracket == "(" and self.inside is Inside.VALUES):
            return Inside.VALUES
        if bracket != "(":
            return Inside.PATTERNS
        before = self._before
        # `a`, `true` and `false` are the words that a collection may follow.
        after_word = before is not None and before.sort is Sort.WORD and not before.is_operand and before.text != "a"
        if after_word or self.inside in (None, Inside.EXPRESSION):
            return Inside.EXPRESSION
        return Inside.UNSURE
