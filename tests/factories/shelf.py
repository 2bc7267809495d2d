"""Invented claims to be found: each with a question of its own and a quotation in some language."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from tests.factories.claims import World, with_reply, withdrawn
from tests.factories.documents import Entity, Press, en

# Name of a claim: what it says, the quotation of its evidence, and the language of that.
QUOTES = {
    "czech": ("the composer never left", "Dvořák zůstal doma", "cs"),
    "polish": ("the mill in the town burnt", "Młyn w Łodzi spłonął", "pl"),
    "arabic": ("the mayor resigned", "استقالَ أحمد الهُدى من البلديّة عام ٢٠١٩", "ar"),
    "hebrew": ("the harbour was closed", "צה״ל סגר את הנמל, שָׁלוֹם", "he"),
    "chinese": ("the river rose", "中国人民日报说河水上涨了", "zh"),
    "japanese": ("the shop sold out", "がんばれカタカナ売り切れ", "ja"),
    "greek": ("the bridge stands", "Η ΓΈΦΥΡΑ στέκεται", "el"),
    "russian": ("the tree was felled", "Ёлка срублена вчера", "ru"),
    "number": ("the page had 72,000 followers", "some 72 000 followers", "en"),
    "french": ("it didn’t rain in the north-east", "l’été fut très sec", "fr"),
    "german": ("the street is wide", "Die Straße ist 3.500 Meter lang", "de"),
}
ORDER = ("head", "quoted", "rest")


@dataclass
class Shelf:
    """Ids of the claims by their names."""

    world: World
    ids: dict[str, str] = field(default_factory=dict)

    def names(self, records: list[str]) -> set[str]:
        known = {record: name for name, record in self.ids.items()}
        return {known.get(record, record) for record in records}


def quoting(entity: Entity, exact: str, lang: str) -> Entity:
    """The claim with a recorded quotation in its first piece of evidence."""
    first, *rest = entity["evidence"]
    page = entity["@id"].removesuffix("#it")
    quote = {"@id": f"{page}#evidence-1-quote", "@type": "TextQuoteSelector", "exact": exact, "language": lang}
    target = {"@id": f"{page}#evidence-1-target", "@type": "SpecificResource", "source": first["target"]["source"]}
    changed = first | {"quoteState": "recorded", "target": target | {"selector": [quote]}}
    return entity | {"evidence": [changed, *rest]}


def fill(session: Session) -> Shelf:
    """Publishes the claims of QUOTES; three of which “zinc” is said in a rank each; one denied, one withdrawn."""
    press = Press()
    shelf = Shelf(World(press))
    press.found(session)
    for kind, entity in shelf.world.entities():
        press.publish(session, kind, entity)
    for name, (words, exact, lang) in QUOTES.items():
        put(session, shelf, name, quoting(shelf.world.claim(words), exact, lang))
    for rank in ORDER:
        put(session, shelf, rank, _with_zinc(shelf.world, rank))
    denied = with_reply(shelf.world.claim("Bela Invented moved the summit"), shelf.world.person, "Bela Invented")
    put(session, shelf, "denied", denied | {"externalIds": ["seed:article-1/C04"]})
    gone = shelf.world.claim("the quarry is empty")
    put(session, shelf, "gone", gone)
    press.publish(session, "claim", withdrawn(gone), "withdrawal")
    private: dict[str, Any] = {"@type": "Mention", "name": en("Zacharias Nobody"), "visibility": "private"}
    hidden = shelf.world.claim("somebody was there")
    hidden |= {"mentions": [private | {"@id": f"{hidden['@id'].removesuffix('#it')}#mention-1"}]}
    put(session, shelf, "hidden", hidden)
    return shelf


def put(session: Session, shelf: Shelf, name: str, entity: Entity, change: str = "new", **how: str) -> None:
    """Publish a claim under a name."""
    shelf.world.press.publish(session, "claim", entity, change, **how)
    shelf.ids[name] = shelf.world.press.ids[entity["@id"]]


def _with_zinc(world: World, rank: str) -> Entity:
    words = "the metal is zinc" if rank == "head" else f"the metal in the {rank} is dull"
    made = world.claim(words)
    if rank == "quoted":
        return quoting(made, "it was zinc", "en")
    if rank == "rest":
        made["assessment"] = made["assessment"] | {"reason": en("Only zinc looks so.")}
    return made
