"""Several ClaimReviews beside each other: on one page, and over all files of a run."""

from dataclasses import dataclass, field

from kb.lint import review_rules as rules
from kb.lint.faults import Faults
from kb.lint.kinds import text_of
from kb.lint.nodes import Node
from kb.lint.schema import prop

# What is remembered of a run is bounded, as all else is; after so many reviews the first are compared with alone.
REMEMBERED = 100_000


@dataclass(slots=True)
class Seen:
    """File and line at which each url with its claim stood first; hashes, since a run may be of a whole site."""

    first: dict[int, tuple[str, int]] = field(default_factory=dict)

    def before(self, url: str, claim: str, where: tuple[str, int]) -> tuple[str, int] | None:
        """The place of an earlier one; else this is the first, and None."""
        key = hash((url, claim))
        if key in self.first:
            return self.first[key]
        if len(self.first) < REMEMBERED:
            self.first[key] = where
        return None


def check_together(reviews: list[Node], name: str, seen: Seen, faults: Faults, *, page: bool) -> None:
    lines: dict[str, int] = {}
    for review in reviews:
        url = prop(review, "url")
        text = (text_of(url) or "").strip()
        if url is None or not text:
            continue
        claim = (text_of(prop(review, "claimReviewed")) or "").strip()
        line = faults.line_of(review.at)
        if earlier := seen.before(text, claim, (name, line)):
            faults.add(rules.TWICE, url.at, url.path, where=_place(earlier, name))
        elif page and text in lines:
            faults.add(rules.NO_ANCHOR, url.at, url.path, line=lines[text])
        lines.setdefault(text, line)
    if page and len(reviews) > 1:
        second = reviews[1]
        faults.add(rules.SEVERAL, second.at, second.path, count=len(reviews))


def _place(earlier: tuple[str, int], name: str) -> str:
    file, line = earlier
    return f"Line {line}" if file == name else f"{file}, line {line},"
