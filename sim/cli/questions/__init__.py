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


def _add_plans(parser: argparse.ArgumentParser) -> None:
    add_outcome(parser)
    parser.add_argument(
        "--plan",
        action="append",
        default=[],
        metavar="FILE.toml",
        help="the policy of this document is one more option, in the same worlds; repeatable",
    )


def _add_pilot(parser: argparse.ArgumentParser) -> None:
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
        "attribute": Question(help="what each lever contributes", add_options=add_outcome),
        "information": Question(help="what to learn before deciding", add_options=_add_plans),
        "option": Question(help="a pilot first, then on or back", add_options=_add_pilot),
    }
)
