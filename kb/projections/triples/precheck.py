"""What is looked at in the text of a query before any process reads it: size, depth, and what it may not ask."""

import re
from functools import lru_cache
from typing import NoReturn

from kb.projections.triples.brackets import Brackets, Inside
from kb.projections.triples.limits import Limits
from kb.projections.triples.problems import BadQuery, NotAnswered, TooLong
from kb.projections.triples.question import Kind, Read
from kb.projections.triples.tokens import Scanner, Sort, Token
from kb.values.prose import code_point, shown

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"))
_UPDATES |= {"INSERTDATA", "DELETEDATA", "DELETEWHERE"}
_FORMS = "SELECT, ASK, CONSTRUCT or DESCRIBE"
_OPERATORS = frozenset(("||", "&&", "!", "=", "!=", "<", ">", "<=", ">=", "*", "/", "|", "^"))
# What joins one pattern to the next.
_JOINS = frozenset((".", ";", ",", "/", "[", "{", "<<"))
_SERVICE = "service"
_GRAPHS = ("graph", "from")
# An IRI with one of these could hide something, if the engine took its < for “less than”.
_HIDES = re.compile(r"['()#!&]")
# Read as an operator, what follows would be two divisions in a row, which no grammar has.
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")


# Whoever takes a query in looks at it, and then the index does: one of 16,000 signs takes 70 ms.
@lru_cache(maxsize=32)
def check(query: str, limits: Limits) -> Read:
    """What can be told of it; what is only wrong in its syntax is left to the engine, which says it better.

    Raises TooLong, BadQuery where it has no form, or NotAnswered.
    """
    if len(query) > limits.characters:
        raise TooLong(
            f"The query has {len(query)} characters; up to {limits.characters} are read.",
            where="query",
            remedy="Ask for less at once, or send it in parts.",
        )
    if unfit := _UNFIT.search(query):
        line, column = _place(query, unfit.start())
        raise BadQuery(f"{code_point(unfit[0])} cannot stand in a query.", line=line, column=column)
    return _Check(query, limits).run()


class _Check:
    """One look at one query."""

    def __init__(self, query: str, limits: Limits) -> None:
        self._query = query
        self._limits = limits
        self._scanner = Scanner(query)
        self._brackets = Brackets()
        self._before: Token | None = None
        self._before_last: Token | None = None
        self._operators = 0
        self._patterns = 0
        self._names_graphs = False

    def run(self) -> Read:
        kind = self._form()
        while token := self._next():
            self._look(token, kind)
        return Read(kind, self._names_graphs)

    def _next(self) -> Token | None:
        after_operand = self._before is not None and self._before.is_operand
        token = self._scanner.next(compares=after_operand and self._brackets.inside is Inside.EXPRESSION)
        if token and token.sort is Sort.IRI and after_operand and self._brackets.in_parentheses:
            self._check_sure(token)
        return token

    def _form(self) -> Kind:
        """Read the prologue, and the word after it."""
        before = ""
        while token := self._next():
            word = token.text.upper()
            is_word = token.sort in (Sort.WORD, Sort.NAME)
            # The engine wants no blank between two words, nor between a word and a prefix.
            declares = is_word and (word in ("BASE", "VERSION") or word.startswith("PREFIX"))
            if not (declares or before == "PREFIX" or token.sort in (Sort.IRI, Sort.STRING)):
                return self._form_of(token, word) if is_word else self._no_form(token)
            before = word
        return self._no_form(token)

    def _form_of(self, token: Token, word: str) -> Kind:
        self._names_graphs = _may_name_graphs(token)
        if word in _UPDATES:
            self._refuse(token, f"{word} would change data; queries here only read.", f"Ask with {_FORMS}.")
        found = next((kind for kind in Kind if word.startswith(kind.name)), None)
        return found or self._no_form(token)

    def _no_form(self, token: Token | None) -> NoReturn:
        if token is None:
            raise BadQuery("This is no query: none of its words says what it asks.", expected=_FORMS)
        line, column = _place(self._query, token.at)
        what = f"A query asks with {_FORMS}, not with “{shown(token.text, 40)}”."
        raise BadQuery(what, line=line, column=column, expected=_FORMS)

    def _look(self, token: Token, kind: Kind) -> None:
        if token.sort is Sort.SIGN and token.text == "\\":
            # By 19.2 an escape may stand anywhere, even within a word; the engine reads none there, and nor do we.
            line, column = _place(self._query, token.at)
            raise BadQuery("A \\ is read in strings, addresses and names only.", line=line, column=column)
        self._check_service(token)
        self._check_file(token)
        self._names_graphs |= _may_name_graphs(token)
        self._count(token, kind)
        self._brackets.take(token)
        if self._brackets.depth > self._limits.depth:
            what = f"The query opens more than {self._limits.depth} brackets within each other."
            self._refuse(token, what, "Write it flatter, or in several queries.")
        self._before_last, self._before = self._before, token

    def _check_service(self, token: Token) -> None:
        """Refuse the word, also at the beginning of what looks like a prefixed name: `SERVICE:x {` asks as well."""
        before = self._before
        if token.sort is Sort.WORD and _SERVICE in token.text.casefold():
            self._refuse_service(token)
        opens = token.text == "{" and self._brackets.depth > 0
        if opens and before and before.sort is Sort.NAME and _SERVICE in before.text.partition(":")[0].casefold():
            named = self._before_last
            if not (named and named.sort is Sort.WORD and named.text.upper() == "GRAPH"):
                self._refuse_service(before)

    def _check_file(self, token: Token) -> None:
        names_graph = self._before and self._before.text.upper() in ("FROM", "NAMED", "GRAPH")
        if names_graph and token.sort is Sort.IRI and token.text[1:6].lower() == "file:":
            what = f"{shown(token.text, 60)} is a file; queries here read published editions only."
            self._refuse(token, what, "Leave out FROM, or name the address of an edition.")

    def _check_sure(self, token: Token) -> None:
        """Refuse what may be an IRI or a comparison, where the wrong one of both would hide something."""
        if _HIDES.search(token.text) and not _ABSOLUTE.match(token.text):
            what = "It cannot be told here whether < begins an address or compares."
            self._refuse(token, what, "Put a blank after < if it compares, or else write the address with a prefix.")

    def _count(self, token: Token, kind: Kind) -> None:
        inside, text = self._brackets.inside, token.text
        is_sign = token.sort is Sort.SIGN
        adds = is_sign and text in "+-" and inside is Inside.EXPRESSION
        unites = token.sort is Sort.WORD and text.upper() == "UNION"
        # The * of SELECT stands outside of all brackets.
        self._operators += adds or unites or (is_sign and text in _OPERATORS and inside is not None)
        if inside is None:
            self._patterns += kind is Kind.DESCRIBE
        elif inside is Inside.PATTERNS:
            self._patterns += is_sign and text in _JOINS
        elif inside is Inside.UNSURE:
            self._patterns += not is_sign or text == "/"
        for number, most, what in (
            (self._operators, self._limits.operators, "operators (such as ||, +, / and UNION)"),
            (self._patterns, self._limits.patterns, "patterns"),
        ):
            if number > most:
                self._refuse(token, f"The query has more than {most} {what}.", "Ask for less at once.")

    def _refuse_service(self, token: Token) -> NoReturn:
        what = "SERVICE would ask another server; queries here are answered from this one alone."
        self._refuse(token, what, "Leave that part out, or put it to the other server yourself.")

    def _refuse(self, token: Token, what: str, remedy: str) -> NoReturn:
        line, column = _place(self._query, token.at)
        raise NotAnswered(what, line=line, column=column, remedy=remedy)


def _may_name_graphs(token: Token) -> bool:
    """Also where a word only looks so, or a prefix: `GRAPHx:y` asks as well."""
    word = token.text if token.sort is Sort.WORD else token.text.partition(":")[0] if token.sort is Sort.NAME else ""
    return any(graphs in word.casefold() for graphs in _GRAPHS)


def _place(query: str, at: int) -> tuple[int, int]:
    """Line and column, both from 1."""
    return query.count("\n", 0, at) + 1, at - query.rfind("\n", 0, at)
