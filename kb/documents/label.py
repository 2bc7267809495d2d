"""The label of a claim's document, for pages, lists, ClaimReview and feeds (INTERFACES, “Label rule”)."""

from collections.abc import Mapping
from typing import Any

from kb.values import label


def verdict_label(entity: Mapping[str, Any]) -> str:
    """“Disputed. Walid Abu Rouk denies it.”: the verdict first, then the replies. Of a claim that has an assessment."""
    return label.verdict_label(entity["assessment"]["verdict"], main_verdicts(entity), short_replies(entity))


def list_label(entity: Mapping[str, Any]) -> str:
    """“Walid Abu Rouk denies it. Disputed.”: the replies first, for a line that may be cut off."""
    return label.list_label(entity["assessment"]["verdict"], main_verdicts(entity), short_replies(entity))


def replies_in_view(entity: Mapping[str, Any]) -> list[str]:
    """The short form of each speaker's first reply: what stands wherever the allegation does."""
    return label.first_replies(short_replies(entity))


def main_verdicts(entity: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(code, verdict) of the main aspects, in their order."""
    verdicts = {one["aspect"]: one["verdict"] for one in entity["assessment"]["aspectVerdicts"]}
    return [(aspect["code"], verdicts[aspect["@id"]]) for aspect in entity["aspects"] if aspect["main"]]


def short_replies(entity: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(speaker, short form) of every reply, in their order; a speaker is any name that tells them apart."""
    records = {one["@id"]: one.get("record", one["@id"]) for one in entity.get("concerns", ())}
    return [(_speaker(reply, records), in_english(reply["short"])) for reply in entity.get("replies", ())]


def in_english(words: Mapping[str, str]) -> str:
    """The words in English, else in the first of their languages."""
    return words.get("en") or words[min(words)]


def _speaker(reply: Mapping[str, Any], records: Mapping[str, str]) -> str:
    """One speaker has one name, whether a reply gives the person concerned, the agent's record or the name alone."""
    if "by" in reply:
        return records.get(reply["by"], reply["by"])
    if "agent" in reply:
        return str(reply["agent"])
    if "name" in reply:
        return in_english(reply["name"])
    # Of two voices that nobody names it cannot be said that they are one.
    return str(reply["@id"])
