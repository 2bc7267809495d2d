"""Why a page was not fetched, in words for the editor who asked for it."""

from http import HTTPStatus

from kb.errors import Refused

BY_HAND = "Paste the text, or upload the file."
LATER = "Try again later, or paste the text, or upload the file."

_OWN_WORDS = {
    401: "asks for a sign-in",
    402: "asks for payment",
    403: "does not let us read the page",
    404: "has no page at this address",
    410: "says that the page is gone for good",
    429: "has had too many requests from here",
    451: "may not show the page, for legal reasons",
}


class NotFetched(Refused):
    """An address was not fetched, or what came was not taken; nothing was kept of it."""

    def __init__(self, what: str, *, where: str = "address", remedy: str = BY_HAND) -> None:
        super().__init__(what, where=where, remedy=remedy)


def closed() -> NotFetched:
    """One wording for every place that is not the open web, so that nobody learns from it what lies there."""
    return NotFetched(
        "This address does not lead to a page on the open web, so it is not fetched.",
        remedy="Give an address that everybody can open, or paste the text, or upload the file.",
    )


def answered(status: int) -> NotFetched:
    """For an answer other than the page. The server's own words for it are not repeated."""
    try:
        name = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        name = str(status)
    trouble = "reports trouble of its own" if status >= 500 else "answers with something else than the page"
    remedy = LATER if status == 429 or status >= 500 else BY_HAND
    return NotFetched(f"The page's server {_OWN_WORDS.get(status, trouble)} ({name}).", remedy=remedy)
