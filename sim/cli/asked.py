"""What the options of an analysis name, or its refusal with what there is."""

import argparse

from sim.errors import Refused, unknown
from sim.metrics import OUTCOMES


def asked_outcome(options: argparse.Namespace) -> str:
    """The outcome that ``--outcome`` names.

    Raises
    ------
    Refused
        If there is none of that name.
    """
    name: str = options.outcome
    if name not in OUTCOMES:
        raise Refused([unknown("--outcome", name, tuple(OUTCOMES))])
    return name
