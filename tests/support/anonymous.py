"""Every answer that whoever is not signed in can get: pages that can be reached, their data, lists, feeds."""

import re
from collections.abc import Callable, Iterable, Iterator

import httpx

from tests.support.processes import wait_until
from tests.support.reader import read

# What machines find by its name.
NOT_LINKED = (
    "/data",
    "/feed.atom",
    "/sitemap.xml",
    "/sitemap-0.xml",
    "/sitemap-pages.xml",
    "/robots.txt",
    "/.well-known/security.txt",
)
DATA = ("", ".json", ".jsonld", ".ttl", ".nt", ".nq", ".trig", ".rdf")


def answers(ask: Callable[[str], httpx.Response], more: Iterable[str]) -> Iterator[tuple[str, httpx.Response]]:
    """Address and answer, from the first page on; `more` are addresses that no page links to.

    Files at /data are made in the background, and pages name those that are there: they are waited for.
    """
    assert wait_until(lambda: ask("/data/vocabulary.ttl").status_code == 200)
    waiting, found = ["/", "/readyz", "/healthz", *NOT_LINKED, *more], set[str]()
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        reply = ask(path)
        yield path, reply
        if reply.headers.get("content-type", "").startswith("text/html"):
            linked = {address for address, _ in read(reply.text).addresses(path)}
            # Every filter leads to every other, so of searches only those that are named are asked.
            linked = {address for address in linked if "/search" not in address}
            waiting += [
                at + end for at in linked for end in (DATA if re.search(r"/(v\d+|[0-9a-z]{9})$", at) else ("",))
            ]
