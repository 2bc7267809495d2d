"""Who acts at the desk, and what each role may do."""

from dataclasses import dataclass

from kb.errors import Refused

# INTERFACES, "Roles": sets of verbs, not a ladder. To redact takes two people, which the bridge sees to.
VERBS: dict[str, frozenset[str]] = {
    "contributor": frozenset({"edit"}),
    "editor": frozenset({"edit", "assess", "submit"}),
    "reviewer": frozenset({"review"}),
    "publisher": frozenset({"publish", "correct", "withdraw", "restore", "merge", "redact"}),
    "admin": frozenset({"people", "settings", "redact"}),
}
ALL_VERBS = frozenset().union(*VERBS.values())


class NotAllowed(Refused):
    """The actor has no role that may do this."""


@dataclass(frozen=True)
class Actor:
    """Somebody who changes the desk, by name; roles are words of the closed list."""

    name: str
    roles: frozenset[str]

    def may(self, verb: str) -> bool:
        return any(verb in VERBS[role] for role in self.roles)


# Until there are accounts, whoever has a shell on the machine acts under this name.
LOCAL_OPERATOR = Actor("local operator", frozenset(VERBS))


def require(actor: Actor, verb: str) -> None:
    """Raises NotAllowed where none of the actor's roles has this verb."""
    if verb not in ALL_VERBS:
        raise ValueError(f"there is no verb {verb}")
    if not actor.may(verb):
        having = ", ".join(role for role, verbs in VERBS.items() if verb in verbs)
        raise NotAllowed(f"{actor.name} may not {verb}.", remedy=f"It takes one of these roles: {having}.")
