"""JSON read with its places and past its common faults, so that one comma does not hide all that follows it.

Texts are read by the standard library's own scanner. Nothing is counted with: a number stays as it was written.
"""

import json
import re

from kb.lint import json_rules as rules
from kb.lint.faults import Faults
from kb.lint.nodes import Node, Number
from kb.lint.rule import Rule
from kb.values.prose import code_point, shown

DEPTH = 64
VALUES = 100_000
_SPACE = re.compile(r"[ \t\r\n\ufeff\x00]*")
_ASIDE = re.compile(r"//[^\n]*|/\*.*?(?:\*/|\Z)|<!--|-->|<!\[CDATA\[|\]\]>", re.DOTALL)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![0-9A-Za-z.])")
_WORD = re.compile(r"[^\W\d]\w{0,63}|[-+.]?\d[\w.+-]{0,63}|-Infinity")
_ENTITY = re.compile(r"&(?:quot|#34|#x22|ldquo|rdquo|apos|#39|lt|amp);", re.IGNORECASE)
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_CLOSING = {"“": "”", "„": "“”", "”": "”", "‘": "’", "'": "'", "«": "»", "`": "`"}
# A line break in a text is a fault of its own, and does not end the text.
_TEXTS = json.JSONDecoder(strict=False)
_CONTROL = re.compile(r"[\x00-\x1f]")


class _Unreadable(Exception):
    """The rest cannot be read; what is wrong has been said."""


class Scanner:
    """One JSON value; `offset` is where its text begins in the file, inside of a script element for instance."""

    def __init__(self, text: str, faults: Faults, offset: int = 0) -> None:
        self._text, self._faults, self._offset = text, faults, offset
        self._at = self._values = 0

    def read(self) -> Node | None:
        """None where nothing could be read, and why has been said."""
        self._skip()
        if self._at >= len(self._text):
            self._say(rules.EMPTY, self._at)
            return None
        root = self._node(self._at, None, None)
        try:
            self._value(root, 1)
            self._skip()
        except _Unreadable:
            # Of half an object nobody can say what it lacks.
            return None
        if self._at < len(self._text):
            self._say(rules.TRAILING_DATA, self._at)
        return root

    def _say(self, rule: Rule, at: int, **words: object) -> None:
        self._faults.add(rule, self._offset + at, "", **words)

    def _node(self, name_at: int, key: str | int | None, parent: Node | None) -> Node:
        return Node(self._offset + self._at, self._offset + name_at, key, parent)

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _skip(self) -> None:
        """Past white space, and past what JSON does not know but people write."""
        self._at = self._past(_SPACE)
        while found := _ASIDE.match(self._text, self._at):
            mark = next((sign for sign in ("<![CDATA[", "]]>", "<!--", "-->") if sign in found[0]), "")
            self._say(rules.MARKUP if mark else rules.COMMENT, self._at, mark=mark)
            self._at = found.end()
            self._at = self._past(_SPACE)

    def _past(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self._text, self._at)
        return found.end() if found else self._at

    def _stop(self, what: str) -> _Unreadable:
        self._say(rules.SYNTAX, self._at, what=what)
        return _Unreadable()

    def _value(self, node: Node, depth: int) -> None:
        self._values += 1
        if self._values > VALUES or depth > DEPTH:
            rule, limit = (rules.TOO_DEEP, DEPTH) if depth > DEPTH else (rules.TOO_MANY, VALUES)
            self._say(rule, self._at, limit=limit)
            raise _Unreadable
        sign = self._peek()
        if sign == "{":
            self._object(node, depth)
        elif sign == "[":
            self._list(node, depth)
        elif sign == '"' or sign in _CLOSING or _ENTITY.match(self._text, self._at):
            node.value = self._string()
        else:
            node.value = self._bare()

    def _object(self, node: Node, depth: int) -> None:
        members: dict[str, Node] = {}
        node.value = members
        self._at += 1
        while self._another("}", first=not members):
            name_at = self._at
            name = self._name()
            self._skip()
            if self._peek() != ":":
                raise self._stop(f"A colon is missing after the name “{shown(name)}”")
            self._at += 1
            self._skip()
            if name in members:
                self._say(rules.TWICE, name_at, name=shown(name))
            members[name] = member = self._node(name_at, name, node)
            self._value(member, depth + 1)

    def _list(self, node: Node, depth: int) -> None:
        items: list[Node] = []
        node.value = items
        self._at += 1
        while self._another("]", first=not items):
            item = self._node(self._at, len(items), node)
            items.append(item)
            self._value(item, depth + 1)

    def _another(self, end: str, *, first: bool) -> bool:
        """Whether one more stands here; the comma before it, or the bracket at the end, is read."""
        self._skip()
        comma = self._at if self._peek() == "," else None
        if comma is not None:
            if first:
                raise self._stop("A comma stands before the first value")
            self._at += 1
            self._skip()
        if self._peek() == end:
            if comma is not None:
                self._say(rules.TRAILING_COMMA, comma, end=end)
            self._at += 1
            return False
        if self._at >= len(self._text):
            raise self._stop(f"The JSON ends before {end}")
        if comma is None and not first:
            if self._peek() not in '"{[':
                raise self._stop(f"“{shown(self._peek())}” stands where a comma or {end} was expected")
            self._say(rules.MISSING_COMMA, self._at)
        return True

    def _name(self) -> str:
        if self._peek() == '"' or self._peek() in _CLOSING or _ENTITY.match(self._text, self._at):
            return self._string()
        found = _WORD.match(self._text, self._at)
        if found is None:
            raise self._stop(f"“{shown(self._peek())}” stands where a name was expected")
        self._say(rules.BARE_NAME, self._at, name=shown(found[0]))
        self._at = found.end()
        return found[0]

    def _string(self) -> str:
        start = self._at
        if self._peek() != '"':
            return self._otherwise_quoted()
        try:
            text, self._at = _TEXTS.raw_decode(self._text, start)
        except json.JSONDecodeError as error:
            self._at = min(error.pos, len(self._text))
            raise self._stop(_why(error.msg)) from None
        # The first stands for all of this text.
        if found := _CONTROL.search(self._text, start + 1, self._at - 1):
            name = "A line break" if found[0] in "\r\n" else code_point(found[0])
            self._say(rules.CONTROL, found.start(), name=name, escape=json.dumps(found[0])[1:-1])
        return str(text)

    def _otherwise_quoted(self) -> str:
        """A text in quotation marks that are not JSON's."""
        start = self._at
        if entity := _ENTITY.match(self._text, start):
            self._say(rules.ENTITIES, start, entity=entity[0])
            raise _Unreadable
        closing = _CLOSING[self._peek()]
        found = re.compile(f'[{closing}"]').search(self._text, start + 1)
        self._say(rules.SMART_QUOTES, start, marks=code_point(self._text[start]))
        if found is None:
            raise self._stop("A text does not end")
        self._at = found.end()
        return self._text[start + 1 : found.start()]

    def _bare(self) -> Number | bool | None:
        if found := _NUMBER.match(self._text, self._at):
            self._at = found.end()
            return Number(found[0])
        word = _WORD.match(self._text, self._at)
        if word is None:
            what = (
                f"“{shown(self._peek())}” stands where a value was expected" if self._peek() else "A value is missing"
            )
            raise self._stop(what)
        start, self._at = self._at, word.end()
        if word[0] in _WORDS:
            return _WORDS[word[0]]
        self._say(rules.WORD, start, word=shown(word[0]))
        return Number(word[0]) if word[0][0] in "+-.0123456789" else None


def _why(message: str) -> str:
    """The standard library's words on a text, in ours."""
    if message.startswith("Unterminated"):
        return "A text begins here and does not end"
    return "A backslash stands before what it cannot escape"
