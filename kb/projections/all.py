"""The list of the projections."""

from kb.projections.catalogue.follower import CATALOGUE
from kb.projections.positions import Projection

ALL: tuple[Projection, ...] = (CATALOGUE,)
