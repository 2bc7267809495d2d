"""The ClaimReviews in what was read: wherever they stand, with the context that holds there, and near misses."""

from dataclasses import dataclass, field

from kb.lint import json_rules as rules
from kb.lint.faults import Faults
from kb.lint.nodes import Node
from kb.lint.schema import is_a, is_schema_org, right_type, types


@dataclass(slots=True)
class Found:
    """`by_id` has what other nodes refer to by its `@id` alone, as graphs do."""

    reviews: list[Node] = field(default_factory=list)
    by_id: dict[str, Node] = field(default_factory=dict)
    _looked_at: set[int] = field(default_factory=set)

    def meant(self, node: Node) -> Node:
        """The node itself, or what it refers to."""
        members = node.members()
        if _refers(node) and isinstance(members["@id"].value, str):
            return self.by_id.get(members["@id"].value, node)
        return node

    def is_new(self, node: Node, meant: Node) -> bool:
        """Whether it was only referred to, and nobody has looked at it before."""
        new = meant is not node and id(meant) not in self._looked_at
        self._looked_at.add(id(meant))
        return new


def find(roots: list[Node], faults: Faults) -> Found:
    """What is found is checked for its context here, since that stands above it."""
    found = Found()
    for root in roots:
        for node in root.walk():
            if not node.members():
                continue
            if (name := node.get("@id")) and isinstance(name.value, str) and name.value and not _refers(node):
                found.by_id.setdefault(name.value, node)
            if _is_review(node, faults):
                found.reviews.append(node)
                _check_context(node, faults)
    return found


def _refers(node: Node) -> bool:
    """Whether it says nothing of its own, or its type alone."""
    return "@id" in node.members() and node.members().keys() <= {"@id", "@type"}


def _is_review(node: Node, faults: Faults) -> bool:
    if is_a(node, "ClaimReview"):
        return True
    for name in types(node):
        if right_type(name) == "ClaimReview":
            at = (node.get("@type") or node).at
            faults.add(rules.TYPE_CASE, at, node.path, given=name, known="ClaimReview")
            return True
    if node.get("claimReviewed") and not types(node):
        faults.add(rules.NO_TYPE, node.at, node.path, known="ClaimReview")
        return True
    return False


def _check_context(node: Node, faults: Faults) -> None:
    above: Node | None = node
    first = None
    while above is not None:
        if context := above.get("@context"):
            first = first or context
            if is_schema_org(context):
                return
        above = above.parent
    if first is None:
        faults.add(rules.NO_CONTEXT, node.at, node.path)
    else:
        faults.add(rules.OTHER_CONTEXT, first.at, first.path)
