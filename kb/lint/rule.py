"""What a rule of the lint is: its code, how grave it is, what is wrong, what to do, and who says so."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error is refused or misread by readers of ClaimReview, a warning may be; advice is no fault."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Rule:
    """`what` is a sentence with names in braces, which whoever finds the fault fills in."""

    code: str
    severity: Severity
    reference: str
    what: str
    remedy: str


def error(code: str, reference: str, what: str, remedy: str) -> Rule:
    return Rule(code, Severity.ERROR, reference, what, remedy)


def warning(code: str, reference: str, what: str, remedy: str) -> Rule:
    return Rule(code, Severity.WARNING, reference, what, remedy)


def advice(code: str, reference: str, what: str, remedy: str) -> Rule:
    return Rule(code, Severity.ADVICE, reference, what, remedy)
