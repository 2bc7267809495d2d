"""The corpus' words in ours: kinds, lists written with spaces, living, languages of names. One table each."""

import re
import unicodedata
from typing import Any

from pydantic import AfterValidator, BeforeValidator

from kb.desk.forms import checked, refused
from kb.errors import Refused
from kb.values.decimals import decimal_of_json
from kb.values.period import read_period
from kb.values.prose import shown
from kb.values.vocabulary import ClosedList

# RDF.md 6: the first row with a word of the kind wins.
SOURCE_CLASSES = (
    ("BlogPosting", {"blog"}),
    ("NewsArticle", {"news", "newspaper", "agency"}),
    ("Report", {"report", "record", "document", "paper", "submission", "statement", "release"}),
    ("Legislation", {"treaty", "resolution", "law"}),
    ("WebPage", {"site", "website", "page"}),
    ("SocialMediaPosting", {"post"}),
    ("Dataset", {"dataset"}),
    ("Book", {"book"}),
)
AGENT_KINDS = (
    ("person", {"person"}),
    ("unnamed", {"unknown"}),
    ("office", {"office"}),
    ("account", {"website", "page", "account", "channel"}),
)
UNNAMED = "unnamed"
# Words of the corpus that are not ours with spaces for underscores.
OTHER_WORDS = {"carrier of the reported text": "carrier"}
# The corpus' relations that are inverses of ours.
INVERSES = {"supported_by": "supports", "after": "before"}
# Stances that are no evidence: the outcome of a search, or an open question.
WOULD_SETTLE = "would_settle"
SET_ASIDE = ("not_relevant", "not_evidence")
# Scripts by the first word of a letter's name in Unicode, as ISO 15924 has them.
_SCRIPTS = {
    "ARABIC": "arab",
    "ARMENIAN": "armn",
    "BENGALI": "beng",
    "CJK": "hani",
    "CYRILLIC": "cyrl",
    "DEVANAGARI": "deva",
    "ETHIOPIC": "ethi",
    "GEORGIAN": "geor",
    "GREEK": "grek",
    "HANGUL": "hang",
    "HEBREW": "hebr",
    "HIRAGANA": "hira",
    "KATAKANA": "kana",
    "KHMER": "khmr",
    "TAMIL": "taml",
    "THAI": "thai",
    "TIBETAN": "tibt",
}
_DEAD = re.compile(r"reported dead since (.+)")


def source_class(kind: str) -> str:
    return _first(SOURCE_CLASSES, kind, "Article")


def agent_kind(kind: str) -> str:
    return _first(AGENT_KINDS, kind, "organisation")


def word(*lists: ClosedList, more: tuple[str, ...] = ()) -> AfterValidator:
    """A word of a closed list, written with spaces or underscores."""
    known = [*(term for one in lists for term in one), *more]

    def check(text: str) -> str:
        proper = OTHER_WORDS.get(text, text.replace(" ", "_"))
        if proper not in known:
            remedy = f"Choose from: {', '.join(known).replace('_', ' ')}."
            raise Refused(f"“{shown(text)}” is not on the list.", remedy=remedy)
        return proper

    return checked(check)


def number() -> BeforeValidator:
    """A number of JSON as a canonical decimal."""

    def check(value: Any) -> Any:
        if value is None:
            return value
        try:
            return decimal_of_json(value)
        except Refused as refusal:
            raise refused(refusal.what, refusal.remedy) from refusal

    return BeforeValidator(check)


def check_living(text: str) -> str:
    """`presumed living`, or `reported dead since D` with a date in EDTF."""
    dead = _DEAD.fullmatch(text)
    if dead:
        read_period(dead[1])
    elif text != "presumed living":
        raise Refused(f"“{shown(text)}” says neither.", remedy="Write “presumed living” or “reported dead since DATE”.")
    return text


def living(text: str | None, as_of: str | None) -> dict[str, str]:
    """As a dated statement: who is presumed living is so as of the day of the assessment."""
    if text is None:
        return {}
    if dead := _DEAD.fullmatch(text):
        return {"living": "reported_dead", "living_as_of": dead[1]}
    return {"living": "presumed_living", "living_as_of": as_of} if as_of else {}


def language_of_name(text: str, language: str) -> str:
    """The file does not say in which language a name is; where its script is not Latin, the script at least is sure."""
    scripts = [
        _SCRIPTS.get(unicodedata.name(letter, "?").split()[0].split("-")[0]) for letter in text if letter.isalpha()
    ]
    strange = [script for script in scripts if script]
    return f"und-{max(set(strange), key=strange.count)}" if len(strange) * 2 > len(scripts) else language


def _first(table: tuple[tuple[str, set[str]], ...], kind: str, otherwise: str) -> str:
    words = set(re.split(r"[^a-z]+", kind.lower()))
    return next((made for made, known in table if known & words), otherwise)
