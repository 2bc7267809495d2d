"""What comes with a request, up to a limit, without ever holding more than that."""

from collections.abc import AsyncGenerator

from starlette.requests import Request

from kb.errors import Problem


class TooLarge(Problem):
    """More than is taken at once."""


class WrongType(Problem):
    """The body is of a media type, or in an encoding, that is not read here."""


async def limited(request: Request, most: int, too_large: TooLarge) -> AsyncGenerator[bytes]:
    """The body as it comes, until it is more than `most` bytes; then the error is raised and the rest is not read.

    A length that is named is believed only when it is too great.
    """
    named = request.headers.get("content-length", "")
    if named.isascii() and named.isdigit() and int(named[:20]) > most:
        raise too_large
    seen = 0
    async for chunk in request.stream():
        seen += len(chunk)
        if seen > most:
            raise too_large
        yield chunk
