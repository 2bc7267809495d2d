"""Chains of voices as one line of text: who publishes, who reports, who is said to have said it."""

from collections.abc import Mapping
from typing import Any

from kb.formats.tables.row import BETWEEN, Row, say
from kb.values.vocabulary import ATTITUDE


def chains(row: Row) -> str | None:
    """Of each appearance of a claim, the outermost voice first; numbered where there are more than one."""
    found = [" → ".join(map(_voice, one["chain"])) for one in row.node.get("appearances", ())]
    if len(found) > 1:
        found = [f"{number}. {chain}" for number, chain in enumerate(found, 1)]
    return " | ".join(found) or None


def _voice(link: Mapping[str, Any]) -> str:
    """“Carla Example (reports; “writes”; “perhaps”; 2019-12-06; read here)”."""
    words = [say(link.get("verb")), *(one for some in link.get("hedges", {}).values() for one in some)]
    aside = [ATTITUDE.label(link["attitude"]).lower(), *(f"“{one}”" for one in words if one)]
    aside += [link["statedOn"]] if "statedOn" in link else []
    aside += ["read here"] if link["readByEditor"] else []
    return f"{say(link['name'])} ({BETWEEN.join(aside)})"
