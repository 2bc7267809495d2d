"""The text of a query as words and signs: the terminals of SPARQL 1.1 and 1.2, each read once."""

import re
from dataclasses import dataclass
from enum import StrEnum

# The names of the grammar's own terminals (SPARQL 1.1 Query Language, 19.8), so that both can be compared.
_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_WORD = f"{_BASE}_0-9\u00b7\u0300-\u036f\u203f\u2040"
_CHARS = f"-{_WORD}"
# Half of a surrogate pair is no character: the engine then takes the string or the IRI for something else.
_UCHAR = (
    r"\\u(?![Dd][89A-Fa-f])[0-9A-Fa-f]{4}"
    r"|\\U(?!0000[Dd][89A-Fa-f])00(?:0[0-9A-Fa-f]|10)[0-9A-Fa-f]{4}"
)
_ESCAPE = rf"\\[tbnrf\\\"']|{_UCHAR}"
_PLX = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = rf"(?:[{_BASE}_:0-9]|{_PLX})(?:[{_CHARS}:]|{_PLX}|\.++(?=[{_CHARS}:%\\]))*+"
_LABEL = rf"[{_BASE}][{_CHARS}]*+(?:\.++[{_CHARS}]++)*+"

_SPACE = re.compile(r"(?:[ \t\r\n]++|#[^\r\n]*+)*+")
_IRI = re.compile(rf"<(?:[^<>\"{{}}|^`\\\x00-\x20]|{_UCHAR})*+>")
_RUN = re.compile(_LABEL)
_NAME = re.compile(rf"(?:{_LABEL})?:(?:{_LOCAL})?")
_STRING = re.compile(
    "|".join(
        # Written three times, the sign may stand once or twice within; the long ones are tried first, as by the engine.
        [rf"{q * 3}(?:(?:{q}{q}?)?(?:[^{q}\\]|{_ESCAPE}))*+{q * 3}" for q in "'\""]
        + [rf"{q}(?:[^{q}\\\r\n]|{_ESCAPE})*+{q}" for q in "'\""]
    )
)
_REST = re.compile(
    rf"(?P<variable>[?$][{_WORD}]++)"
    rf"|(?P<blank>_:[{_WORD}][{_CHARS}]*+(?:\.++[{_CHARS}]++)*+)"
    rf"|(?P<number>(?:[0-9]++(?:\.[0-9]++)?|\.[0-9]++)(?:\.?[eE][+-]?[0-9]++)?)"
    rf"|(?P<word>[{_BASE}_][{_WORD}]*+)"
    rf"|(?P<tag>@[A-Za-z]++(?:-{{1,2}}[A-Za-z0-9]++)*+)"
    rf"|(?P<sign><<|>>|\^\^|\|\||&&|!=|<=|>=|.)",
    re.DOTALL,
)


class Sort(StrEnum):
    """What a token is; a SIGN is punctuation, a bracket, or an operator."""

    IRI = "iri"
    NAME = "name"
    BLANK = "blank"
    VARIABLE = "variable"
    STRING = "string"
    TAG = "tag"
    NUMBER = "number"
    WORD = "word"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Token:
    """One of them; `at` counts characters from 0."""

    sort: Sort
    text: str
    at: int

    @property
    def is_operand(self) -> bool:
        """Whether a value may end with it, so that what follows is an operator."""
        if self.sort is Sort.WORD:
            # The engine wants no blank before them: `DISTINCTtrue`.
            return self.text.lower().endswith(("true", "false"))
        return self.sort is not Sort.SIGN or self.text in (")", "]", "}")


class Scanner:
    """Gives one token after the other, in time that grows with the length of the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        # Up to here no prefixed name begins: what looked like its prefix has no colon.
        self._nameless = 0

    def next(self, *, compares: bool) -> Token | None:
        """None at the end, or where a string is never closed; `compares`: whether < is an operator here, not an IRI."""
        match = _SPACE.match(self._text, self._at)
        self._at = at = match.end() if match else self._at
        letter = self._text[at : at + 1]
        if letter in ("", "'", '"'):
            return self._take(Sort.STRING, _STRING.match(self._text, at))
        if letter == "<" and not compares and (iri := _IRI.match(self._text, at)):
            return self._take(Sort.IRI, iri)
        if at >= self._nameless:
            if name := _NAME.match(self._text, at):
                return self._take(Sort.NAME, name)
            run = _RUN.match(self._text, at)
            self._nameless = run.end() if run else at
        rest = _REST.match(self._text, at)
        return self._take(Sort(str(rest.lastgroup)) if rest else Sort.SIGN, rest)

    def _take(self, sort: Sort, match: re.Match[str] | None) -> Token | None:
        if match is None:
            return None
        self._at = match.end()
        return Token(sort, match[0], match.start())
