"""Every module begins with a caption that says what it holds."""

import ast
from pathlib import Path

import pytest

from tests.support.tree import ROOT, modules

EMPTY_WORDS = ("utility functions", "helper functions", "helpers", "utils", "miscellaneous", "todo")


@pytest.mark.parametrize("path", modules("app", "kb", "migrations", "tests"), ids=str)
def test_first_line_is_a_caption(path: Path) -> None:
    text = (ROOT / path).read_text("utf-8")
    caption = (ast.get_docstring(ast.parse(text)) or "").partition("\n")[0]
    assert text.startswith('"""'), "the first line is the caption"
    assert len(caption.split()) >= 3, "a caption says something"
    assert caption.endswith((".", "?", "!", "”", '"')), "a caption is a sentence"
    assert not caption.lower().startswith(EMPTY_WORDS), "a caption says something"


@pytest.mark.parametrize("path", modules("app", "kb", "migrations"), ids=str)
def test_no_room_is_named_for_leftovers(path: Path) -> None:
    assert path.stem not in ("utils", "util", "helpers", "helper", "misc", "common")
