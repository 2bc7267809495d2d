"""Every type of page of the desk, with an address of each on a desk where something of everything lies."""

from dataclasses import dataclass

from tests.factories.whole import TEXT, WORDS

START = TEXT.index(WORDS)
QUOTED = f"start={START}&end={START + len(WORDS)}"


@dataclass(frozen=True)
class Sight:
    """A page: its name, which is that of its pictures, its address with names of ids, and how it is answered."""

    name: str
    template: str
    status: int = 200
    signed_in: bool = True


def _claim(name: str, rest: str, of: str = "claim") -> Sight:
    return Sight(name, f"/desk/claims/{{{of}}}{rest}")


def _record(name: str, rest: str, of: str = "claim") -> Sight:
    return Sight(name, f"/desk/records/{{{of}}}/{rest}")


SIGHTS = (
    Sight("sign-in", "/desk/sign-in", signed_in=False),
    Sight("welcome", "/desk/welcome/{welcome}", signed_in=False),
    Sight("welcome-spent", "/desk/welcome/spent", 404, signed_in=False),
    Sight("queue", "/desk"),
    Sight("queue-narrowed", "/desk?words=walkers&kind=claim"),
    Sight("queue-none", "/desk?words=nothingofthekind"),
    Sight("bring-in", "/desk/bring-in"),
    Sight("bring-in-confirm", "/desk/bring-in/{waiting}"),
    Sight("claims", "/desk/claims"),
    Sight("claims-found", "/desk/claims?q=walkers"),
    Sight("sources", "/desk/sources"),
    Sight("agents", "/desk/agents"),
    Sight("origins", "/desk/origins"),
    Sight("topics", "/desk/topics"),
    Sight("pages", "/desk/pages"),
    Sight("log", "/desk/sources/{article}/read"),
    Sight("log-quoted", f"/desk/sources/{{article}}/read?{QUOTED}"),
    Sight("log-without-a-text", "/desk/sources/{bare}/read"),
    Sight("left-out", "/desk/sources/{article}/left-out"),
    Sight("left-out-quoted", f"/desk/sources/{{article}}/left-out?{QUOTED}"),
    Sight("source", "/desk/sources/{article}"),
    Sight("source-new", "/desk/sources/new"),
    Sight("source-texts", "/desk/sources/{article}/snapshots"),
    Sight("agent", "/desk/agents/{agent}"),
    Sight("agent-new", "/desk/agents/new"),
    Sight("origin", "/desk/origins/{origin}"),
    Sight("origin-new", "/desk/origins/new"),
    Sight("topic", "/desk/topics/{topic}"),
    Sight("topic-new", "/desk/topics/new"),
    Sight("own-page", "/desk/pages/{page}"),
    Sight("own-page-new", "/desk/pages/new"),
    _claim("bench", ""),
    _claim("bench-draft", "", "draft"),
    _claim("words", "/words"),
    _claim("aspects", "/aspects"),
    _claim("appearance", "/appearances/1"),
    _claim("appearance-new", "/appearances/new?source={article}"),
    _claim("appearance-which", "/appearances/new"),
    _claim("concerned", "/concerned"),
    _claim("mentions", "/mentions"),
    _claim("relations", "/relations"),
    _claim("evidence", "/evidence/1"),
    _claim("evidence-new", f"/evidence/new?source={{article}}&{QUOTED}"),
    _claim("evidence-which", "/evidence/new"),
    _claim("search", "/searches/2"),
    _claim("search-new", "/searches/new"),
    _claim("figure", "/figures/1"),
    _claim("figure-new", "/figures/new"),
    _claim("assessment", "/assessment"),
    _claim("assessment-new", "/assessment", "draft"),
    _claim("reply", "/replies/2"),
    _claim("reply-new", "/replies/new"),
    _claim("no-reply", "/no-reply"),
    _claim("question", "/questions/2"),
    _claim("question-new", "/questions/new"),
    _record("review", "review"),
    _record("review-new", "review", "draft"),
    _record("preview", "preview"),
    _record("preview-none", "preview", "draft"),
    _record("publish", "publish"),
    _record("publish-new", "publish", "draft"),
    _record("publish-nothing", "publish", "topic"),
    _record("publish-withdrawn", "publish", "gone"),
    _record("withdraw", "withdraw"),
    _record("restore", "restore", "gone"),
    _record("remove", "remove", "draft"),
    _record("record-history", "history"),
    Sight("history", "/desk/history"),
    Sight("account", "/desk/account"),
    Sight("second-factor", "/desk/account/factor"),
    Sight("people", "/desk/people"),
    Sight("person", "/desk/people/{person}"),
    Sight("not-there", "/desk/claims/zzzzzzzzz", 404),
)
