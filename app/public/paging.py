"""Pages of a list: `limit` and `after`, and the way to the next one."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request

from kb.errors import Refused
from kb.projections.catalogue.lists import LIMIT, MOST
from kb.values.ids import is_id


@dataclass(frozen=True)
class Cut:
    """Which piece of a list is asked for."""

    after: str | None
    limit: int
    # As it stands in the address, to be carried on; "" where it does not.
    kept: str

    @property
    def here(self) -> str:
        """What stands behind the list's own address: “?after=…&limit=…”, or nothing."""
        asked = (f"&after={self.after}" if self.after is not None else "") + self.kept
        return f"?{asked[1:]}" if asked else ""

    def next(self, after: str | int | None) -> str | None:
        """The address of the piece that follows, relative to the list's own; None at the end."""
        return f"?after={after}{self.kept}" if after is not None else None

    def first(self, request: Request) -> str:
        """The address of the first piece in the same form, relative to the list's own."""
        name = request.url.path.rpartition("/")[2]
        return f"{name}?{self.kept.removeprefix('&')}" if self.kept else name


def read_cut(
    request: Request,
    *,
    numbered: bool = False,
    chosen: str | None = None,
    is_place: Callable[[str], bool] | None = None,
) -> Cut:
    """`after` is the id of the last record seen, or the number of an entry of the log. Raises Refused.

    `chosen` is a part of the list that was asked for by `as`, to be carried on; `is_place` knows other cursors.
    """
    is_place = is_place or (_is_number if numbered else is_id)
    after = request.query_params.get("after")
    limit = request.query_params.get("limit")
    if after is not None and not is_place(after):
        raise Refused("“after” names no place in this list.", where="after", remedy="Start without it.")
    if limit is not None and not (_is_number(limit) and int(limit) > 0):
        raise Refused(f"“limit” is a number from 1 to {MOST}.", where="limit", remedy="Leave it out, or choose one.")
    size = min(int(limit), MOST) if limit else LIMIT
    return Cut(after, size, (f"&limit={size}" if limit else "") + (f"&as={chosen}" if chosen else ""))


def link(way: str | None, first: str | None = None) -> dict[str, str]:
    """The `Link` header to the next piece and the first one (RFC 8288); relative, so that a mirror's readers stay."""
    ways = [f'<{to}>; rel="{rel}"' for rel, to in (("next", way), ("first", first)) if to]
    return {"Link": ", ".join(ways)} if ways else {}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 9
