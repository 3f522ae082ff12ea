"""Everything that tunes a search, with its defaults: for experiments and tests, never for a roster of one's own."""

from __future__ import annotations

from dataclasses import dataclass, field

from poolmatch.solving.bounds.dual_ascent import DualAscentParams
from poolmatch.solving.column_generation.params import ColumnGenerationParams
from poolmatch.solving.search.mixed_integer import MixedIntegerParams
from poolmatch.solving.search.neighbourhood_search import NeighbourhoodParams
from poolmatch.solving.search.proof import ProofParams
from poolmatch.solving.search.root import RootParams
from poolmatch.solving.search.whole import WholeParams
from poolmatch.solving.side_by_side import SideBySideParams


@dataclass(frozen=True)
class PortfolioParams:
    """Which strategies work on a goal.

    Attributes
    ----------
    direct
        Up to so many candidates the whole model is searched at once, so that every run ends the same.
    large
        From so many candidates on a problem is split into regions.
    alone
        With one worker the search by schedules leaves this part of the time to others, from 0 to 1.
    without
        Strategies that do not run beside the others: `whole`, `highs`, `schedules`, `neighbourhoods`. For measuring
        what each is worth.
    """

    direct: int = 1500
    large: int = 1_000_000
    alone: float = 0.5
    without: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ComponentParams:
    """How components are searched.

    Attributes
    ----------
    pack
        Components with few candidates are put together up to so many: each search takes some time to set up.
    turns
        How often a component is searched, if it was not proven.
    """

    pack: int = 50
    turns: int = 2


@dataclass(frozen=True)
class RegionalParams:
    """How regions are searched.

    Attributes
    ----------
    piece
        About so many candidates make a piece, likely or not.
    seconds
        Time for one piece, less when little is left.
    relaxing
        Part of a piece's time that its relaxation may take, from 0 to 1.
    returning
        So many seconds before the end pieces end that are elsewhere: it takes time until they are back.
    first
        Part of the time that relaxing may take before there is a roster to improve, from 0 to 1,
    approaches
        and how often all candidates are relaxed at once in it.
    ascent
        How the relaxation is solved.
    """

    piece: int = 30_000
    seconds: float = 12.0
    relaxing: float = 0.4
    returning: float = 2.0
    first: float = 0.5
    approaches: int = 3
    ascent: DualAscentParams = field(default_factory=DualAscentParams)


@dataclass(frozen=True)
class Params:
    """The parameters of all strategies.

    Attributes
    ----------
    portfolio, side_by_side, whole, mixed_integer, root, proof, neighbourhoods, column_generation, components, regional
        Of the choice, and of each strategy.
    """

    portfolio: PortfolioParams = field(default_factory=PortfolioParams)
    side_by_side: SideBySideParams = field(default_factory=SideBySideParams)
    whole: WholeParams = field(default_factory=WholeParams)
    mixed_integer: MixedIntegerParams = field(default_factory=MixedIntegerParams)
    root: RootParams = field(default_factory=RootParams)
    proof: ProofParams = field(default_factory=ProofParams)
    neighbourhoods: NeighbourhoodParams = field(default_factory=NeighbourhoodParams)
    column_generation: ColumnGenerationParams = field(default_factory=ColumnGenerationParams)
    components: ComponentParams = field(default_factory=ComponentParams)
    regional: RegionalParams = field(default_factory=RegionalParams)
