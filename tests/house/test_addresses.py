"""No tracked file names a path of somebody's machine, a package registry, or the shared folder where code ships."""

import re
from collections.abc import Iterator

import pytest

from tests.support.tree import SHIPPED, text_of, tracked

# Put together from parts, so that this file does not name them either.
MACHINE = re.compile(r"(?:^|[^A-Za-z0-9._-])/(?:work|farm|root|home|Users)/[A-Za-z0-9._-]", re.MULTILINE)
REGISTRY = re.compile("|".join(["py" + r"pi\.org", "python" + r"hosted\.org", "npm" + r"js\.org", "file:" + "///"]))
OPTIONS = re.compile("--(?:extra-)?index" + "-url|--find" + "-links|^registry *=", re.MULTILINE)
SHARED = "../" + "shared"


def lines(pattern: re.Pattern[str], tops: tuple[str, ...] | None = None) -> Iterator[str]:
    for path in tracked():
        if tops is None or path.parts[0] in tops:
            for found in pattern.finditer(text_of(path) or ""):
                yield f"{path}: {found[0].strip()}"


@pytest.mark.parametrize("pattern", [MACHINE, REGISTRY, OPTIONS], ids=["machine", "registry", "options"])
def test_nothing_names(pattern: re.Pattern[str]) -> None:
    assert list(lines(pattern)) == []


def test_what_ships_does_not_point_to_the_shared_folder() -> None:
    shipped = (*SHIPPED, "Makefile", "pyproject.toml", ".ci")
    assert list(lines(re.compile(re.escape(SHARED)), shipped)) == []


def test_locks_hold_hashes_and_no_address() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = next(text_of(path) or "" for path in tracked() if str(path) == name)
        assert "://" not in text
        packages = re.findall(r"^[a-z0-9].*? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.MULTILINE)
        assert len(packages) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE)) > 20


def test_the_locks_agree() -> None:
    """Whoever has the tests' lock installed has all that runs, in the same versions."""
    texts = [
        next(text_of(path) or "" for path in tracked() if path.name == f"requirements{end}.lock")
        for end in ("", "-dev")
    ]
    runs, tests = (set(re.findall(r"^([a-z0-9-]+==\S+)", text, re.MULTILINE)) for text in texts)
    assert runs < tests
