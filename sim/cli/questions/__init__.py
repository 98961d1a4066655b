"""The analyses as commands: ``python -m sim <question> FILE``.

Each is registered here with its help and its own options; what it does stands in the module of its
name, as ``answer(scenario, options, running)``, which is imported when it is asked: numba and scipy
are behind it.
"""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


def _none(_parser: argparse.ArgumentParser) -> None:
    """No options of its own."""


def add_outcome(parser: argparse.ArgumentParser) -> None:
    """The outcome by which policies are judged; :func:`sim.cli.asked.asked_outcome` reads it."""
    parser.add_argument(
        "--outcome", default="npv_change", metavar="ID", help="the outcome that decides"
    )


def _of_drivers(parser: argparse.ArgumentParser) -> None:
    add_outcome(parser)
    parser.add_argument(
        "--base", type=int, metavar="N", help="rows of each matrix of worlds for the indices"
    )


def _of_map(parser: argparse.ArgumentParser) -> None:
    add_outcome(parser)
    for axis in ("--x", "--y"):
        parser.add_argument(
            axis, required=True, metavar="PLACE[=LOW:HIGH[:COUNT]]", help="a number of the scenario"
        )
    parser.add_argument(
        "--cell-worlds",
        type=int,
        default=0,
        metavar="N",
        help="worlds a cell, such as 200, for probabilities; the world of the document alone if not said",
    )
    parser.add_argument(
        "--every-cell",
        action="store_true",
        help="run every cell in every world, also where most could be told from their neighbours",
    )


def _of_seek(parser: argparse.ArgumentParser) -> None:
    add_outcome(parser)
    parser.add_argument(
        "--vary", required=True, metavar="PLACE[=LOW:HIGH]", help="the number that is sought"
    )
    parser.add_argument(
        "--target", required=True, type=float, metavar="VALUE", help="what is to be reached"
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--mean", action="store_true", help="of the mean over all worlds")
    how.add_argument(
        "--probability",
        action="store_true",
        help="of the share of worlds that are better than without the policy, or lie above --above",
    )
    parser.add_argument("--above", type=float, metavar="VALUE", help="the level, for --probability")


def _of_optimise(parser: argparse.ArgumentParser) -> None:
    add_outcome(parser)
    parser.add_argument(
        "--vary",
        required=True,
        action="append",
        metavar="PLACE[=LOW:HIGH]",
        help="a lever, or a number of a move, that may be set; once for each",
    )
    parser.add_argument(
        "--objective",
        default="mean",
        metavar="NAME",
        help="mean, shortfall (mean of the worst 5 %%), p05 to p95, or probability of being better",
    )
    parser.add_argument(
        "--budget-cost",
        type=float,
        metavar="CNY",
        help="most that a plan may cost over the horizon beyond the reference, on the mean",
    )
    parser.add_argument("--pareto", metavar="ID", help="a second outcome: the front of both")
    parser.add_argument(
        "--search-worlds", type=int, metavar="N", help="worlds in which plans are tried"
    )


def _of_robust(parser: argparse.ArgumentParser) -> None:
    add_outcome(parser)
    parser.add_argument("--plan", metavar="ID", help="the plan whose failures are looked into")
    parser.add_argument(
        "--fails",
        choices=("worse", "regret"),
        help="it fails where it is worse than no policy, or where its regret is high",
    )
    parser.add_argument(
        "--level", type=float, metavar="X", help="the regret from which on, in the outcome's unit"
    )
    parser.add_argument(
        "--restrictions",
        type=int,
        choices=range(1, 6),
        default=3,
        help="how many inputs may describe the failing worlds",
    )


def _of_information(parser: argparse.ArgumentParser) -> None:
    add_outcome(parser)
    parser.add_argument(
        "--plan",
        action="append",
        default=[],
        metavar="FILE.toml",
        help="the policy of this document is one more option, in the same worlds; repeatable",
    )


def _of_option(parser: argparse.ArgumentParser) -> None:
    add_outcome(parser)
    parser.add_argument("--surface", default="live", metavar="ID", help="where the pilot runs")
    parser.add_argument(
        "--weeks", type=int, default=8, metavar="N", help="weeks from its start to the decision"
    )
    parser.add_argument(
        "--signal", default="profit", metavar="ID", help="the series by which it is decided"
    )


@dataclass(frozen=True, kw_only=True)
class Question:
    """A command: its line in the list of commands, and its options."""

    help: str
    add_options: Callable[[argparse.ArgumentParser], None] = _none


# In the order in which they are listed.
QUESTIONS: Final[Mapping[str, Question]] = MappingProxyType(
    {
        "montecarlo": Question(help="bands, probabilities, and the distribution of every outcome"),
        "drivers": Question(
            help="what the decision hangs on: a tornado, and shares of the variance",
            add_options=_of_drivers,
        ),
        "flip": Question(
            help="where the decision turns: values of each assumption, and the nearest joint flip",
            add_options=add_outcome,
        ),
        "map": Question(
            help="an outcome over two numbers, and where it breaks even", add_options=_of_map
        ),
        "seek": Question(help="where a number must lie to reach a target", add_options=_of_seek),
        "optimise": Question(
            help="the best plan between bounds, or the front of two outcomes",
            add_options=_of_optimise,
        ),
        "robust": Question(
            help="plans in the same worlds: regret, where one fails, and its early signs",
            add_options=_of_robust,
        ),
        "attribute": Question(help="what each lever contributes", add_options=add_outcome),
        "information": Question(help="what to learn before deciding", add_options=_of_information),
        "option": Question(help="a pilot first, then on or back", add_options=_of_option),
    }
)
