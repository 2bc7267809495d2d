"""Pages read by the parser of the HTML standard, and what that parser lets pass and no page of ours may have."""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# What may stand only where whole blocks may stand, and the elements that take words alone.
BLOCKS = {
    *HEADINGS,
    *("article", "aside", "blockquote", "div", "dl", "figure", "footer", "form", "header", "hr"),
    *("main", "nav", "ol", "p", "pre", "section", "table", "ul"),
}
WORDS_ONLY = {
    *HEADINGS,
    *("abbr", "b", "button", "code", "dt", "em", "i", "label", "legend", "mark", "p", "pre", "small", "span"),
    *("strong", "summary", "time"),
}
ROLES_OF_HEADS = {"col": "columnheader", "row": "rowheader"}
ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
POINTERS = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "list", "form")
FIELDS = ("input", "select", "textarea")
MOMENT = re.compile(r"[0-9]{4}(-[01][0-9](-[0-3][0-9](T[0-2][0-9]:[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?Z)?)?)?")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Read:
    """A page as a tree; `faults()` is all that is wrong with it, in words."""

    def __init__(self, page: str) -> None:
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        self.root: Element = parser.parse(page)
        self.errors = [f"{code} at {place}" for place, code, _ in parser.errors]
        self.ids = Counter(one.attrib["id"] for one in self.root.iter() if "id" in one.attrib)

    @property
    def title(self) -> str:
        return words(self.all("title")[0])

    def all(self, *tags: str) -> list[Element]:
        return [one for one in self.root.iter() if one.tag in tags]

    def links(self) -> list[str]:
        """Where the page's links lead, as they are written."""
        return [one.attrib["href"] for one in self.all("a") if "href" in one.attrib]

    def faults(self) -> list[str]:
        return [*self.errors, *self._frame(), *self._names(), *self._nesting(), *self._tables(), *self._values()]

    def _frame(self) -> Iterator[str]:
        for tag in ("title", "main", "h1"):
            if len(self.all(tag)) != 1:
                yield f"{len(self.all(tag))} <{tag}>"
        if self.root.get("lang") != "en":
            yield "the page does not say its language"
        level = 0
        for heading in self.all(*HEADINGS):
            here = int(heading.tag[1])
            if here > level + 1:
                yield f"<h{here}> after <h{level}>: {words(heading)[:40]}"
            level = here
        for script in self.all("script"):
            if script.get("type") != "application/ld+json":
                yield "a script"

    def _names(self) -> Iterator[str]:
        """Ids are unique and what points to one finds it; whatever can be acted on has a name."""
        yield from (f"id {name} {times} times" for name, times in self.ids.items() if times > 1)
        for one in self.root.iter():
            targets = [name for attribute in POINTERS for name in one.get(attribute, "").split()]
            if one.get("href", "").startswith("#"):
                targets.append(one.attrib["href"][1:])
            yield from (f"<{one.tag}> points to {name}, which is not there" for name in targets if name not in self.ids)
        for one in self.all("a", "button", "summary", "label", "th", *HEADINGS):
            if not words(one) and not one.get("aria-label"):
                yield f"an empty <{one.tag}>"
        labelled = {one.get("for") for one in self.all("label")}
        wrapped = {id(field) for label in self.all("label") for field in label.iter() if field.tag in FIELDS}
        for one in self.all(*FIELDS):
            named = one.get("id") in labelled or id(one) in wrapped or one.get("aria-label")
            if not named and one.get("type") != "hidden":
                yield f"<{one.tag} name={one.get('name')}> without a label"
        hidden = {id(inner) for one in self.root.iter() if one.get("aria-hidden") == "true" for inner in one.iter()}
        for one in self.root.iter("{http://www.w3.org/2000/svg}svg"):
            if id(one) not in hidden and not (one.get("role") == "img" and one.get("aria-label")):
                yield "a drawing that is neither named nor hidden"
        yield from ("an image without words" for one in self.all("img") if "alt" not in one.attrib)

    def _nesting(self) -> Iterator[str]:
        for one in self.root.iter():
            children = [child.tag for child in one if isinstance(child.tag, str)]
            if one.tag in WORDS_ONLY:
                inner = {inside.tag for inside in one.iter() if inside is not one} & BLOCKS
                yield from (f"<{tag}> in <{one.tag}>: {words(one)[:40]}" for tag in inner)
            if one.tag in ("ul", "ol"):
                yield from (f"<{tag}> in <{one.tag}>" for tag in children if tag != "li")
                if not children:
                    yield f"an empty <{one.tag}>"
            if one.tag == "dl":
                yield from (f"<{tag}> in <dl>" for tag in children if tag not in ("dt", "dd", "div"))

    def _tables(self) -> Iterator[str]:
        """A table says its roles in full or not at all: a display of another kind would drop them."""
        for table in self.all("table"):
            if "role" in table.attrib:
                for one in table.iter():
                    role = ROLES_OF_HEADS.get(one.get("scope", "")) if one.tag == "th" else ROLES.get(one.tag)
                    if role and one.get("role") != role:
                        yield f"<{one.tag}> of a table with roles is no {role}: {words(one)[:40]}"
            yield from ("<th> without a scope" for one in table.iter("th") if "scope" not in one.attrib)
            wide = {sum(int(cell.get("colspan", "1")) for cell in row) for row in table.iter("tr")}
            if len(wide) > 1 and not any("rowspan" in cell.attrib for cell in table.iter()):
                yield f"rows of {sorted(wide)} cells"

    def _values(self) -> Iterator[str]:
        for one in self.all("time"):
            if not MOMENT.fullmatch(one.get("datetime", "")):
                yield f"<time datetime={one.get('datetime')}>"
        for one in self.root.iter():
            if "lang" in one.attrib and not LANGUAGE.fullmatch(one.attrib["lang"]):
                yield f"lang={one.attrib['lang']}"
            if one.get("dir", "auto") not in ("auto", "ltr", "rtl"):
                yield f"dir={one.attrib['dir']}"
            yield from (f"{name} on <{one.tag}>" for name in one.attrib if name == "style" or name.startswith("on"))
            if one.tag == "a" and not one.get("href"):
                yield f"a link to nowhere: {words(one)[:40]}"


def words(one: Element) -> str:
    """All that an element says."""
    return " ".join("".join(one.itertext()).split())
