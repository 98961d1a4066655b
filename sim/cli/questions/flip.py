"""Where the decision turns, from the command line."""

import argparse
from collections.abc import Iterator

from sim.analyses.flips import FlipPoints, Flips, flip_points
from sim.analyses.joint_flip import JointFlip, joint_flip
from sim.cli.answer import Answer, Cell, Table
from sim.cli.asked import asked_outcome
from sim.cli.running import Running
from sim.scenario import Scenario
from sim.world import world_declarations


def answer(scenario: Scenario, options: argparse.Namespace, running: Running) -> Answer:
    """Flip points of every uncertain parameter by itself, and the nearest flip of all together."""
    outcome = asked_outcome(options)
    found = flip_points(scenario, outcome=outcome, executor=running.executor, tick=running.tick)
    joint = joint_flip(scenario, outcome=outcome, executor=running.executor, tick=running.tick)
    facts: dict[str, tuple[Cell, str]] = {
        "outcome": (outcome, ""),
        "better": (found.better, ""),
        "turn it alone": (len(found.turning), "parameters"),
        "joint flip": (joint.ended, ""),
        "distance": (joint.distance, "standard deviations"),
        "probability": (joint.probability, "share"),
        "counted": (joint.counted, "share"),
    }
    tables = {"flips": _flips(found), "joint": _joint(joint)}
    return Answer(question="flip", scenario=scenario, tables=tables, facts=facts)


def _flips(found: FlipPoints) -> Table:
    """One row a flip, or a member at one; a parameter that never turns the decision has one too."""
    columns = {"parameter": "", "now": "number", "flips_at": "number", "unit": ""}
    columns |= {"better_above": "", "share_below": "share", "nearest": "", "flips": "flips"}
    columns |= {"likely": "share", "refused": "share"}
    rows = [row for each in found.parameters for row in _flip_rows(each)]
    return Table(columns=columns, rows=rows)


def _flip_rows(each: Flips) -> Iterator[tuple[Cell, ...]]:
    declaration = world_declarations()[each.name]
    names = [f"{each.name}.{member}" for member in each.members] or [each.name]
    ends: tuple[Cell, ...] = (len(each.flips), each.likely, each.refused)
    for at, name in enumerate(names):
        if not each.flips:
            yield (name, each.now[at], None, declaration.unit, None, None, None, *ends)
        for flip in each.flips:
            here = (flip.better_above, flip.share, flip == each.nearest)
            yield (name, each.now[at], flip.values[at], declaration.unit, *here, *ends)


def _joint(found: JointFlip) -> Table:
    """How every parameter differs at the nearest joint flip, the most shifted first."""
    columns = {"parameter": "", "now": "number", "there": "number", "unit": ""}
    columns |= {"deviations": "standard deviations"}
    rows = [
        (name, now, there, world_declarations()[each.name].unit, each.deviations)
        for each in found.shifts
        for name, now, there in zip(
            [f"{each.name}.{member}" for member in world_declarations()[each.name].members]
            or [each.name],
            each.now,
            each.there,
            strict=True,
        )
    ]
    return Table(columns=columns, rows=rows)
