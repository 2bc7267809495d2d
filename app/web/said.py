"""Words with their language, as pages set them: English first, every other language marked as its own."""

import unicodedata
from collections.abc import Mapping
from typing import Any, NamedTuple

PAGE_LANGUAGE = "en"
RIGHT_TO_LEFT = frozenset({"R", "AL"})
# Characters that turn or join text without showing, so that a reader should know of them.
UNSEEN = frozenset("\u200b\u200c\u200d\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u00ad")


class Said(NamedTuple):
    """Some words; `lang` is empty where they are in the page's own language."""

    text: str
    lang: str

    @property
    def foreign(self) -> bool:
        """True where the words need marks of their own: another language, or another direction."""
        if self.lang or self.text.isascii():
            return bool(self.lang)
        return any(unicodedata.bidirectional(letter) in RIGHT_TO_LEFT for letter in self.text)


def said(words: Mapping[str, Any] | None) -> list[Said]:
    """A language map, English first and the others in order of their tags; a list of words becomes one line."""
    if not words:
        return []
    order = sorted(words, key=lambda lang: (lang != PAGE_LANGUAGE, lang))
    return [Said(_line(words[lang]), "" if lang == PAGE_LANGUAGE else lang) for lang in order]


def plain(words: Mapping[str, Any] | None) -> str:
    """The words in English, else in the first language there is; "" where there are none."""
    return next((one.text for one in said(words)), "")


def marks(text: str) -> list[str]:
    """Names of the characters in a quotation that do not show and can mislead the eye."""
    return sorted({unicodedata.name(letter, f"U+{ord(letter):04X}").lower() for letter in text if letter in UNSEEN})


def _line(value: Any) -> str:
    return "; ".join(value) if isinstance(value, list) else str(value)
