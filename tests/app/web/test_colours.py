"""Every colour of text can be read on the ground it stands on, in light and in dark, by the formula of WCAG 2.2."""

import re

import pytest

from app.web.templates import STATIC

STYLES = {path.name: path.read_text("utf-8") for path in STATIC.glob("*.css")}
LIGHT_DARK = re.compile(r"--([a-z]+): light-dark\((#[0-9a-f]{3,6}), (#[0-9a-f]{3,6})\)")
TOKENS = {name: (light, dark) for name, light, dark in LIGHT_DARK.findall(STYLES["style-v1.css"])}
# Text, and how much it must stand out; lines that carry meaning and the focus need 3 to 1.
LEAST = {"text": 7, "line": 3, "focus": 3}
LEAST |= dict.fromkeys(("muted", "link", "supports", "contradicts", "qualifies"), 4.5)


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    shares = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("name", LEAST)
def test_it_stands_out_from_the_page(name: str, theme: int) -> None:
    assert contrast(TOKENS[name][theme], TOKENS["bg"][theme]) >= LEAST[name]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["text", "link"])
def test_it_can_be_read_where_words_are_marked(name: str, theme: int) -> None:
    assert contrast(TOKENS[name][theme], TOKENS["mark"][theme]) >= 4.5


def test_both_themes_are_declared_and_all_colours_are_tokens() -> None:
    assert "color-scheme: light dark" in STYLES["style-v1.css"]
    assert set(TOKENS) == {*LEAST, "bg", "hair", "mark"}
    for name, style in STYLES.items():
        elsewhere = [line for line in style.splitlines() if "light-dark(" not in line]
        assert re.findall(r"(?::|\s)(#[0-9a-f]{3,6}|rgba?\([^)]*\))\b", "\n".join(elsewhere)) == [], name


def test_shapes_are_drawn_in_forced_colours() -> None:
    assert "@media (forced-colors: active)" in STYLES["style-v1.css"]
    assert "CanvasText" in STYLES["style-v1.css"]
