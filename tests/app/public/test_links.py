"""No link is dead, no fragment points at nothing, nothing is written inline, whatever page one begins with."""

from tests.app.conftest import Library
from tests.support.reader import Page, Reader, read

KINDS = ("/claims/", "/sources/", "/agents/", "/origins/", "/topics/", "/log", "/ns/", "/method", "/foundation")


def crawl(reader: Reader) -> tuple[dict[str, Page], list[str]]:
    """Every page that can be reached from the first, and what could not be."""
    pages: dict[str, Page] = {}
    waiting, seen, dead = ["/"], {"/"}, []
    while waiting:
        path = waiting.pop()
        reply = reader.ask(path)
        if reply.status_code != 200:
            dead.append(f"{path} is {reply.status_code}")
        if not reply.headers["content-type"].startswith("text/html"):
            continue
        pages[path] = read(reply.text)
        fresh = {address for address, _ in pages[path].addresses(path)} - seen
        # Every filter leads to every other: each is followed once, and no two of them together.
        fresh = {address for address in fresh if not (address.startswith("/search") and "&" in address)}
        seen |= fresh
        waiting += fresh
    return pages, dead


def test_no_link_is_dead(library: Library) -> None:
    pages, dead = crawl(library.reader)
    assert dead == []
    assert [kind for kind in KINDS if not any(path.startswith(kind) for path in pages)] == []
    nothing = [
        f"{target}#{mark} on {path}"
        for path, page in pages.items()
        for target, mark in page.addresses(path)
        if mark and target in pages and mark not in pages[target].ids
    ]
    assert nothing == []


def test_every_page_is_one_that_the_policy_lets_be(library: Library) -> None:
    pages, _ = crawl(library.reader)
    for path, page in pages.items():
        assert page.faults == [], path
        names = [tag for tag, _ in page.tags]
        assert names.count("h1") == 1, path
        assert names.count("script") == len(page.scripts) <= 1, path
        assert "style" not in names, path
        inline = [name for _, values in page.tags for name in values if name == "style" or name.startswith("on")]
        assert inline == [], path
        assert len(page.ids) == len(set(page.ids)), path
        assert ("html", {"lang": "en"}) in page.tags, path


def test_links_name_no_host(library: Library) -> None:
    """A mirror works under any host: only `canonical` and the addresses shown as text are absolute."""
    known = library.known
    for path in ("/", "/claims", f"/claims/{known.claim}", f"/claims/{known.claim}/v1", "/log", "/nothing/at/all"):
        page = read(library.reader.ask(path, Accept="text/html").text)
        ways = [values.get("href", "") for tag, values in page.tags if tag == "a" or values.get("rel") == "stylesheet"]
        assert ways
        assert [way for way in ways if way.startswith(("http://localhost", "/"))] == []
