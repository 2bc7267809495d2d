"""Fifty queries that mean harm: each must be refused, stopped, or answered whole, and none may do more."""

from dataclasses import dataclass

# In the place of the address that whoever asks would have the server call.
ELSEWHERE = "http://127.0.0.1:9/"
_ALL = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
_ANY = "(<urn:p>|!<urn:p>)"


@dataclass(frozen=True)
class Killer:
    """`refused`: it is not run at all."""

    name: str
    query: str
    refused: bool

    def calling(self, address: str) -> str:
        """The query, with an address that somebody listens at."""
        return self.query.replace(ELSEWHERE, address)


def _where(pattern: str) -> str:
    return f"SELECT * {{ {pattern} }}"


def _nested(opening: str, inner: str, closing: str, times: int) -> str:
    return opening * times + inner + closing * times


def _doubled(step: str, times: int = 40) -> str:
    """`step` makes the next value of the one before it, which it calls ?v."""
    steps = "".join(f"BIND({step.replace('?v', f'?v{n}')} AS ?v{n + 1}) " for n in range(times))
    return f'SELECT (STRLEN(?v{times}) AS ?n) {{ BIND("xxxxxxxxxxxxxxxx" AS ?v0) {steps} }}'


_REFUSED = {
    "3,000 braces within each other": _where(_nested("{", "", "}", 3000)),
    "5,000 parentheses within each other": _where(f"FILTER({_nested('(', '1', ')', 5000)})"),
    "10,000 times not": _where(f"FILTER({'!' * 10_000}?x)"),
    "a chain of or": _where(f"FILTER(1{'||1' * 5000})"),
    "a chain of plus": _where(f"FILTER(1{'+1' * 8000})"),
    "a chain of minus without a blank": _where(f"FILTER(1{'-1' * 8000})"),
    "16 KB of UNION": _where("{}" + "UNION{}" * 2300),
    "100 collections within each other": _where(_nested("(", "1", ")", 100) + " ?p ?o"),
    "180 collections within each other": _where(_nested("(", "1", ")", 180) + " ?p ?o"),
    "260 collections within each other": _where(_nested("(", "1", ")", 260) + " ?p ?o"),
    "a collection of 8,000": _where(f"({'1 ' * 8000}) a 1"),
    "a path of 8,000 steps": _where(f"?s {'/'.join(['a'] * 8000)} ?o"),
    "a path of 5,000 stars": _where(f"?s {'/'.join(['a*'] * 5000)} ?o"),
    "a join of 2,000": _where("?s?p?o." * 2000),
    "1,000 times EXISTS within each other": _where(_nested("FILTER EXISTS{", "", "}", 1000)),
    "DESCRIBE of 4,000": "DESCRIBE " + "<a:>" * 4000,
    "900 times OPTIONAL": _where("OPTIONAL{?s ?p ?o}" * 900),
    "triples within triples": _where(_nested("<<(?s ?p ", "?o", ")>>", 1300) + " ?p ?o"),
    "SERVICE": _where(f"SERVICE <{ELSEWHERE}> {{ ?s ?p ?o }}"),
    "SERVICE SILENT": _where(f"?s ?p ?o . sErViCe#x\n SILENT <{ELSEWHERE}> {{ ?s ?p ?o }}"),
    "SERVICE without blanks": f"PREFIX x: <{ELSEWHERE}> " + _where("?s ?p trueSERVICESILENTx:{?s?p?o}"),
    "SERVICE in EXISTS": _where(f"?s ?p ?o FILTER EXISTS {{ SERVICE <{ELSEWHERE}> {{ ?s ?p ?o }} }}"),
    "SERVICE in a subquery": _where(f"{{ SELECT * {{ SERVICE <{ELSEWHERE}> {{ ?s ?p ?o }} }} }}"),
    "SERVICE behind a comparison": _where(f"FILTER(1<'b>')SERVICE<{ELSEWHERE}>{{?s?p?o}}FILTER('a'='a')"),
    "SERVICE of a variable": _where(f"VALUES ?v {{ <{ELSEWHERE}> }} FILTER(1<?b)SERVICE?v#>\n{{?s?p?o}}"),
    "a file": "SELECT * FROM <file:/etc/passwd> { ?s ?p ?o }",
    "LOAD": f"LOAD <{ELSEWHERE}>",
    "DELETE": "DELETE WHERE { ?s ?p ?o }",
    "INSERT": "PREFIX x: <urn:x> WITH x:g INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "17 KB": "SELECT * {} #".ljust(17 * 1024, "x"),
}
_RUN = {
    "another dataset": f"SELECT * FROM <{ELSEWHERE}> FROM NAMED <{ELSEWHERE}> {{ ?s ?p ?o }}",
    "a sorted cross product": _where(_ALL) + " ORDER BY ?a ?d ?g",
    "a counted cross product": f"SELECT (COUNT(*) AS ?n) {{ {_ALL} . ?j ?k ?l }}",
    "a distinct cross product": f"SELECT DISTINCT ?a ?e ?i {{ {_ALL} }}",
    "a grouped cross product": f"SELECT ?b (COUNT(DISTINCT ?h) AS ?n) {{ {_ALL} }} GROUP BY ?b",
    "a cross product that is put together": f"SELECT (GROUP_CONCAT(?c) AS ?x) {{ {_ALL} }}",
    "a cross product from afar": _where(_ALL) + " OFFSET 100000000000 LIMIT 1",
    "a cross product as a graph": f"CONSTRUCT {{ ?a ?e ?i . ?d ?h ?c }} WHERE {{ {_ALL} }}",
    "a description of everything": "DESCRIBE ?s ?p ?o { ?s ?p ?o }",
    "lists of values, crossed": _where("".join(f"VALUES ?v{n} {{ {'1 ' * 600} }} " for n in range(8))),
    "strings that double": _doubled("CONCAT(?v, ?v)"),
    "strings that are replaced by more": _doubled('REPLACE(?v, "x", "xxxxxxxxxxxxxxxx")'),
    "stars over everything": f"SELECT (COUNT(*) AS ?n) {{ ?a {_ANY}* ?b . ?c {_ANY}* ?d . ?e {_ANY}* ?f }}",
    "stars of stars": f"SELECT (COUNT(*) AS ?n) {{ ?a (({_ANY}*)/^({_ANY}+))* ?b . ?b ({_ANY}/{_ANY})* ?c }}",
    "a million repeated": _where('?s ?p ?o FILTER(REGEX(STR(?o), "(((a{100}){100}){100}){100}"))'),
    "repeats within repeats": _where('?a ?b ?c . ?d ?e ?f FILTER(REGEX(STR(?c), "^(([a-z])+.)+[A-Z]([a-z])+$"))'),
    "40 times OPTIONAL within each other": _where("?a ?b ?c " + _nested("OPTIONAL { ?d ?e ?f ", "", "}", 40)),
    "nothing of a cross product": f"SELECT (COUNT(*) AS ?n) {{ {_ALL} MINUS {{ ?j ?k ?l . ?m ?n ?a }} }}",
    "EXISTS over a cross product": _where(
        "?a ?b ?c FILTER NOT EXISTS { ?d ?e ?f FILTER NOT EXISTS { ?g ?h ?i FILTER(?c = ?f && ?f = ?i && ?a = ?h) } }"
    ),
    "a join of 150": _where("?s?p?o." * 150),
}
KILLERS = tuple(
    Killer(name, query, refused)
    for queries, refused in ((_REFUSED, True), (_RUN, False))
    for name, query in queries.items()
)
