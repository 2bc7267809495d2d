"""What a value is, in words; whether there is one; whether it has the type that it should have."""

from kb.lint import review_rules as rules
from kb.lint.faults import Faults
from kb.lint.nodes import Node, Number
from kb.lint.schema import right_type, types
from kb.values.prose import shown


def lack_of(node: Node | None) -> str:
    """Empty where there is a value; else how it lacks, as an end of a sentence."""
    if node is None or node.value is None:
        return "is missing"
    value = node.value
    if isinstance(value, str) and not value.strip():
        return "is empty"
    return "is empty" if value in ({}, []) else ""


def kind_of(node: Node) -> str:
    value = node.value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"the text “{shown(value)}”"
    if isinstance(value, Number):
        return "a number"
    if isinstance(value, list):
        return "a list"
    return "nothing" if value is None else "an object"


def text_of(node: Node | None) -> str | None:
    """A text, also one that has its language beside it, or stands alone in a list."""
    if node is None:
        return None
    if isinstance(node.value, list) and len(node.value) == 1:
        node = node.value[0]
    if inner := node.get("@value"):
        node = inner
    return node.value if isinstance(node.value, str) else None


def check_type(node: Node, name: str, faults: Faults, *wanted: str) -> bool:
    """Whether its type is one of those; a type whose capitals are wrong has been said already."""
    given = types(node)
    if not given:
        faults.add(rules.UNTYPED, node.at, node.path, name=name, wanted=f"a {wanted[0]}")
        return True
    if any(one in wanted or right_type(one) in wanted for one in given):
        return True
    faults.add(rules.WRONG_TYPE, node.at, node.path, name=name, given=shown(given[0]), wanted=" or ".join(wanted[:2]))
    return False
