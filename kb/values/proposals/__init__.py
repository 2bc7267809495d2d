"""Figures that the words of a quote propose: a small rule for English, which an editor confirms or corrects."""

from kb.values.proposals.dates import ProposedDate
from kb.values.proposals.figures import LIMIT, MOST, ProposedFigure, propose, propose_dates

__all__ = ["LIMIT", "MOST", "ProposedDate", "ProposedFigure", "propose", "propose_dates"]
