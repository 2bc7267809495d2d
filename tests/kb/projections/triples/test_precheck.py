"""What is refused before any process reads it: too long, too deep, too much, and SERVICE in every disguise."""

import importlib.resources
from itertools import islice

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from kb.errors import Problem
from kb.projections.triples.limits import Limits
from kb.projections.triples.precheck import check
from kb.projections.triples.problems import BadQuery, NotAnswered, TooLong
from kb.projections.triples.question import Kind
from kb.projections.triples.tokens import Scanner, Sort

LIMITS = Limits()
# The engine refuses this port before it connects, with an error of its own: so it is seen that it wanted to.
NOWHERE = "http://127.0.0.1:9/"
PROLOGUE = f"PREFIX : <{NOWHERE}> PREFIX x: <{NOWHERE}> "

READ = [
    ("SELECT * WHERE { ?s ?p ?o }", Kind.SELECT),
    ("select distinct ?s { ?s a ?o }", Kind.SELECT),
    ("SELECTDISTINCT?s{?s?p?o}", Kind.SELECT),
    ("ASK {}", Kind.ASK),
    ("ASKWHERE{}", Kind.ASK),
    ("BASE<http://x/>ASK{}", Kind.ASK),
    ("PREFIX select: <http://x/> PREFIX : <http://y/> CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", Kind.CONSTRUCT),
    ("PREFIXx:<http://x/>\n# ASK {}\nDESCRIBE x:y", Kind.DESCRIBE),
    ("PREFIX x:<http://x/>DESCRIBEx:y", Kind.DESCRIBE),
    ('VERSION "1.2" SELECT * {}', Kind.SELECT),
    ("SELECT * {", Kind.SELECT),
    ("SELECT * { ?s ?p 'never closed }", Kind.SELECT),
]
# The word where it asks nobody.
HARMLESS = [
    'SELECT * { ?s ?p "SERVICE <http://x/> { ?s ?p ?o }" }',
    "SELECT * { ?s ?p 'SERVICE' }",
    'SELECT * { ?s ?p """a "" b " SERVICE <x> { \n """ }',
    "SELECT * { ?s ?p '''it's SERVICE\n''' }",
    r'SELECT * { ?s ?p "a\" SERVICE <x> {" }',
    "SELECT * { ?s <http://x/SERVICE/service> ?o }",
    "SELECT * { ?s ?p ?o # SERVICE <x> {\n }",
    "PREFIX service: <http://x/> SELECT * { ?s service:p service:SERVICE . GRAPH service:g { ?s ?p service: } }",
    "PREFIX x: <http://x/> SELECT * { ?s x:service ?o . x:SERVICE ?p ?o }",
    "SELECT * { ?service ?SERVICE $service }",
    "SELECT * { _:service ?p 'a'@service }",
    "SELECT * { ?s ?p ?o FILTER(?s < ?o && ?o > 'SERVICE') }",
]
DISGUISES = [
    "SERVICE <{0}> {{ ?s ?p ?o }}",
    "SERVICE SILENT <{0}> {{ ?s ?p ?o }}",
    "SERVICESILENT<{0}>{{?s?p?o}}",
    "sErViCe#x\n<{0}>{{?s?p?o}}",
    "service\r\n\t?s {{ ?s ?p ?o }}",
    "SERVICE x: {{ ?s ?p ?o }}",
    "SERVICEx:{{?s?p?o}}",
    "SERVICE:{{?s?p?o}}",
    "SERVICESILENTx: # {{\n{{?s?p?o}}",
    "?s ?p 1SERVICE<{0}>{{?s?p?o}}",
    "?s ?p 'a'@en SERVICE<{0}>{{?s?p?o}}",
    "?s ?p ''''SERVICE'''.SERVICE<{0}>{{?s?p?o}}",
    "?s ?p trueSERVICE<{0}>{{?s?p?o}}",
    "?s ?p trueSERVICEx:{{?s?p?o}}",
    "FILTER EXISTS {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "FILTER NOT EXISTS {{SERVICE<{0}>{{}}}}",
    "{{ SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "OPTIONAL {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }}",
    "VALUES ?v {{ <{0}> }} SERVICE ?v {{ ?s ?p ?o }}",
    # What looks like an IRI, a string or a comment to one who reads word by word, and is none to the engine.
    "FILTER(?a<?b)SERVICE?v#>\n{{?s?p?o}}",
    "FILTER(?a<'b>')SERVICE<{0}>{{?s?p?o}}FILTER('a'='a')",
    "FILTER(?a<=?b)#>'''\nSERVICE<{0}>{{?s?p?o}}#'''",
    "?s ?p (''' ')SERVICE<{0}>{{?s?p?o}}#\\uD800'''\n",
    "BIND(COUNT(DISTINCT<{0}#>) AS ?n) SERVICE<{0}>{{}}",
    "(true (1 <{0}#>)) ?p ?o SERVICE<{0}>{{?s?p?o}}",
    r"SERV\u0049CE <{0}> {{ ?s ?p ?o }}",
    "\u017fERVICE <{0}> {{}}",
]
# What is asked of a graph by its name, or might be.
OF_GRAPHS = [
    "SELECT * { GRAPH ?g { ?s ?p ?o } }",
    "select*{graph<http://x/>{?s?p?o}}",
    "SELECT * { ?s ?p 1GRAPH?g{} }",
    "SELECT * { ?s ?p trueGRAPH?g{} }",
    "SELECT * { FILTER EXISTS { grAPH x:y {} } }",
    "SELECT * FROM <http://x/> {}",
    "SELECT*FROMNAMED<http://x/>{}",
    "ASKFROM<http://x/>{}",
    "ASK from x:y {}",
    "ASK FROMx:y {}",
    "DESCRIBE x:y FROM x:",
]
OF_NONE = [
    "SELECT * { ?s ?p ?o }",
    "SELECT ?from $graph { ?from <http://x/graph> 'FROM' . ?graph prov:wasDerivedFrom 'a'@graph }",
    "SELECT * { ?s ?p ?o } # FROM <http://x/> { GRAPH ?g {} }",
    "ASK { x:from x:GRAPH _:graph }",
]
UPDATES = [
    "INSERT DATA { <a:a> <a:b> <a:c> }",
    "delete where { ?s ?p ?o }",
    "PREFIX x: <http://x/> WITH x:g DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "LOAD <file:/etc/passwd>",
    "CLEAR ALL",
    "CREATE GRAPH <a:g>",
    "DROP ALL",
    "COPY DEFAULT TO <a:g>",
    "MOVE <a:g> TO <a:h>",
    "ADD <a:g> TO <a:h>",
    "INSERTDATA{}",
]
NO_QUERY = [
    ("", None),
    ("   # SELECT\n", None),
    ("\n  SELEC * {}", (2, 3)),
    ("@prefix x: <http://x/> .", (1, 1)),
    ("{", (1, 1)),
]


def in_pattern(text: str) -> str:
    return "SELECT * { " + text + " }"


@pytest.mark.parametrize(("query", "kind"), READ)
def test_the_form_is_the_word_after_the_prologue(query: str, kind: Kind) -> None:
    assert check(query, LIMITS).kind is kind


def test_a_graph_is_the_answer_of_two_forms() -> None:
    assert [kind for kind in Kind if kind.gives_graph] == [Kind.CONSTRUCT, Kind.DESCRIBE]


@pytest.mark.parametrize("query", HARMLESS)
def test_the_word_service_is_free_where_it_asks_nobody(query: str) -> None:
    assert check(query, LIMITS).kind is Kind.SELECT


@pytest.mark.parametrize("disguise", DISGUISES)
def test_service_is_found_in_every_disguise(disguise: str) -> None:
    with pytest.raises((NotAnswered, BadQuery)) as caught:
        check(PROLOGUE + in_pattern(disguise.format(NOWHERE)), LIMITS)
    assert caught.value.line


def test_service_is_shown_where_it_stands() -> None:
    with pytest.raises(NotAnswered, match="another server") as caught:
        check("SELECT * {\n  ?s ?p 'é\U0001f600' . SERVICE <a:b> {} }", LIMITS)
    assert (caught.value.line, caught.value.column) == (2, 16)


@pytest.mark.parametrize("query", UPDATES)
def test_an_update_is_told_that_queries_only_read(query: str) -> None:
    with pytest.raises(NotAnswered, match="only read"):
        check(query, LIMITS)


@pytest.mark.parametrize(("query", "place"), NO_QUERY)
def test_what_asks_nothing_is_no_query(query: str, place: tuple[int, int] | None) -> None:
    with pytest.raises(BadQuery) as caught:
        check(query, LIMITS)
    assert (caught.value.line, caught.value.column) == (place or (None, None))
    assert "DESCRIBE" in caught.value.expected


@pytest.mark.parametrize("clause", ["FROM <file:/etc/passwd>", "FROM NAMED <FILE:x>", "from#\n<file:a>"])
def test_a_file_is_no_graph(clause: str) -> None:
    with pytest.raises(NotAnswered, match="is a file"):
        check(f"SELECT * {clause} {{ ?s ?p ?o }}", LIMITS)
    with pytest.raises(NotAnswered, match="is a file"):
        check(in_pattern("GRAPH <file:/etc/passwd> { ?s ?p ?o }"), LIMITS)


@pytest.mark.parametrize("letter", ["\0", "\ud800", "\x01", "\x0c", "\x1b"])
def test_no_character_without_a_meaning_gets_through(letter: str) -> None:
    with pytest.raises(BadQuery, match=r"U\+") as caught:
        check(f"SELECT *\n{{ ?s ?p '{letter}' }}", LIMITS)
    assert (caught.value.line, caught.value.column) == (2, 10)
    str(caught.value).encode()


def test_the_length_has_a_limit() -> None:
    start = "SELECT * {} #"
    assert check(start.ljust(LIMITS.characters, "x"), LIMITS).kind is Kind.SELECT
    with pytest.raises(TooLong, match="16385 characters"):
        check(start.ljust(LIMITS.characters + 1, "x"), LIMITS)


@pytest.mark.parametrize(
    ("opening", "closing", "brackets"),
    [
        ("{", "}", 1),
        ("FILTER EXISTS{", "}", 1),
        ("[a ", "]", 1),
        ("(1 ", ")", 1),
        ("<<(?s ?p ", ")>>", 2),
        ("FILTER(!(", "))", 2),
        ("{SELECT * {", "}}", 2),
    ],
)
def test_the_depth_has_a_limit(opening: str, closing: str, brackets: int) -> None:
    # One pair is that of the pattern itself.
    often = (LIMITS.depth - 1) // brackets
    check(in_pattern(opening * often + closing * often), LIMITS)
    with pytest.raises(NotAnswered, match="brackets within each other"):
        check(in_pattern(opening * (often + 1) + "{" + closing * often), LIMITS)


@pytest.mark.parametrize(
    "repeated",
    ["||1", "&&1", "!", "+1", "-1", "- ", "*1", "/1", "=1", "<1", ">1"],
)
def test_operators_have_a_limit(repeated: str) -> None:
    def query(times: int) -> str:
        many = repeated * times
        return in_pattern(f"FILTER({many}1)" if repeated in ("!", "- ") else f"FILTER(1{many})")

    assert check(query(LIMITS.operators), LIMITS).kind is Kind.SELECT
    with pytest.raises(NotAnswered, match="more than 500 operators"):
        check(query(LIMITS.operators + 1), LIMITS)


@pytest.mark.parametrize(
    "repeated",
    ["?s?p?o.", "OPTIONAL{?s?p?o}", "MINUS{}", "{}UNION", "GRAPH ?g{}", "VALUES ?x{1}", "{SELECT*{}}", "?s?p[];"],
)
def test_patterns_have_a_limit(repeated: str) -> None:
    assert check(in_pattern(repeated * 90 + "{}"), LIMITS).kind is Kind.SELECT
    with pytest.raises(NotAnswered, match="more than 200 patterns"):
        check(in_pattern(repeated * 201 + "{}"), LIMITS)


@pytest.mark.parametrize(
    "query",
    [in_pattern("?s a" + "/a" * 201 + " ?o"), in_pattern("(" + "1 " * 201 + ") a 1"), "DESCRIBE " + "<a:b>" * 201],
)
def test_what_the_planner_joins_unseen_counts_as_patterns(query: str) -> None:
    with pytest.raises(NotAnswered, match="more than 200 patterns"):
        check(query, LIMITS)


@pytest.mark.parametrize(
    "text",
    [
        "VALUES ?x {" + "-1 " * 3000 + "}",
        "VALUES (?a ?b) {" + "(<a:a> 'b')" * 1000 + "}",
        "FILTER(?x IN (" + "1," * 5000 + "1))",
    ],
)
def test_a_long_list_of_values_is_no_bomb(text: str) -> None:
    assert check(in_pattern(text), LIMITS).kind is Kind.SELECT


def test_where_it_could_be_an_address_or_a_comparison_the_writer_is_asked_for_a_blank() -> None:
    with pytest.raises(NotAnswered, match="Put a blank after <"):
        check("SELECT ?a (?b<'x'||?c>'y' AS ?d) {?s ?p (1 <#a>)}", LIMITS)
    assert check("SELECT ?a (?b< 'x' AS ?d) {?s ?p (<a> <http://x/#a>)}", LIMITS).kind is Kind.SELECT
    assert check("SELECT (?b<'x'&&?c>'y' AS ?d) {FILTER(?a<=?b&&?c>=?d)}", LIMITS).kind is Kind.SELECT


def test_the_usual_questions_pass() -> None:
    folder = importlib.resources.files("kb.projections.triples") / "questions"
    texts = [file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".rq")]
    assert len(texts) == 15
    for text in texts:
        check(text, LIMITS)


PIECES = st.sampled_from(
    [
        *"'\"#(){}.<=>^/|*+-![];,\\",
        *("'''", "<=", ">>", "<<", "&&", "#>", "'#", "'>", "\\'", "\\u0027", "\\uD800"),
        *("SERVICE", "SERVICE ", "sErvice", "SERVICESILENT", f"SERVICE<{NOWHERE}>{{?s?p?o}}", "SERVICEx:{?s?p?o}"),
        *("<a:b>", "<#a>", "<a'b>", "<?a", "?a", "?b", "x:y", ":y", "x:", ":", r"x:\'y", "_:a", "@en"),
        *("'a'", "'''a'''", "'a'@en", "1", "1.5", "a", "true", "true<", " ", "\n", "(1 ", "(?a "),
        *("{?s?p?o}", "?s ?p ", "?s?p?o.", "OPTIONAL{", "GRAPH ", "UNION{", "EXISTS{", "{SELECT*{"),
        *("FILTER(", "FILTER(?a<", "BIND(1 AS ?v)", "VALUES ?v{", "VALUES(?a ?b){(", "IN(", "COUNT(DISTINCT "),
    ]
)


@pytest.mark.parametrize("query", OF_GRAPHS)
def test_it_is_seen_that_a_query_names_graphs(query: str) -> None:
    assert check(PROLOGUE + query, LIMITS).names_graphs


@pytest.mark.parametrize("query", OF_NONE)
def test_and_that_it_names_none(query: str) -> None:
    assert not check(PROLOGUE + query, LIMITS).names_graphs


FACT = Quad(NamedNode(NOWHERE), NamedNode(NOWHERE), Literal("o"))
ELSEWHERE = Quad(NamedNode(NOWHERE), NamedNode(NOWHERE), Literal("other"), NamedNode(NOWHERE))


def answered(query: str, *quads: Quad) -> list[str] | None:
    """The first solutions, in order; None where it cannot be answered. An OSError is what would come of SERVICE."""
    store = Store()
    store.extend(quads)
    try:
        answer = store.query(query)
        assert isinstance(answer, QuerySolutions)
        return sorted(str(solution) for solution in islice(answer, 100))
    except (SyntaxError, RuntimeError):
        return None


def hold(text: str) -> None:
    query = PROLOGUE + in_pattern(text)
    try:
        read = check(query, LIMITS)
    except (BadQuery, NotAnswered):
        return
    assert read.kind is Kind.SELECT
    of_all = answered(query, FACT, ELSEWHERE)
    assert read.names_graphs or of_all == answered(query, FACT)


@given(st.lists(PIECES, max_size=9).map("".join))
@example("FILTER(?a<?b)SERVICE?v#>\n{?s?p?o}")
@example("?s ?p trueSERVICEx:{?s?p?o}")
@example("GRAPH ?b{?s?p?o}")
def test_whatever_passes_asks_nobody_and_what_the_engine_reads_is_a_select(text: str) -> None:
    hold(text)


@pytest.mark.slow
@settings(max_examples=50_000)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_so_it_is_for_a_long_time(text: str) -> None:
    hold(text)


@given(st.text() | st.lists(PIECES).map("".join))
def test_no_text_breaks_it(text: str) -> None:
    for query in (text, "SELECT * {" + text):
        try:
            check(query, LIMITS)
        except Problem as problem:
            str(problem).encode()


@given(st.text() | st.lists(PIECES).map("".join), st.booleans())
def test_each_character_is_read_once(text: str, compares: bool) -> None:
    scanner, end = Scanner(text), 0
    while token := scanner.next(compares=compares):
        assert token.at >= end
        assert token.text
        end = token.at + len(token.text)
    rest = text[end:].lstrip(" \t\r\n")
    assert not rest or rest[0] in "#'\""


def test_sorts_are_those_of_the_grammar() -> None:
    scanner = Scanner("<a:b> x:y _:z ?v 'a'@en-GB 1.5e-3 FILTER ^^")
    tokens = iter(lambda: scanner.next(compares=False), None)
    assert [token.sort for token in tokens if token] == [
        *(Sort.IRI, Sort.NAME, Sort.BLANK, Sort.VARIABLE, Sort.STRING, Sort.TAG, Sort.NUMBER, Sort.WORD, Sort.SIGN),
    ]
