"""The best plan between bounds, or the front of two outcomes, from the command line."""

import argparse
from dataclasses import fields

from sim.analyses.levers import SEARCH_WORLDS, Space
from sim.analyses.objective import Aim
from sim.analyses.optimise import Judged, Optimisation, optimise
from sim.analyses.pareto import Pareto, pareto
from sim.cli.answer import Answer, Cell, Table
from sim.cli.asked import asked_name, asked_outcome, asked_variable, unit_of
from sim.cli.running import Running
from sim.errors import Refused
from sim.metrics import OUTCOMES
from sim.scenario import Scenario
from sim.uncertainty import WORLDS_LIMITS, whole_faults


def answer(scenario: Scenario, options: argparse.Namespace, running: Running) -> Answer:
    """The plan, or every plan of the front."""
    space = Space(
        scenario=scenario,
        variables=tuple(asked_variable(scenario, "--vary", each) for each in options.vary),
        budget=options.budget_cost,
    )
    aim = Aim(outcome=asked_outcome(options), measure=options.objective)
    worlds = _search_worlds(options)
    if options.pareto is None:
        chosen = optimise(
            space, aim, search_worlds=worlds, executor=running.executor, tick=running.tick
        )
        return _plan(chosen)
    second = Aim(
        outcome=asked_name("--pareto", options.pareto, OUTCOMES), measure=options.objective
    )
    front = pareto(
        space, (aim, second), search_worlds=worlds, executor=running.executor, tick=running.tick
    )
    return _front(front)


def _search_worlds(options: argparse.Namespace) -> int:
    if options.search_worlds is None:
        return SEARCH_WORLDS
    worlds: int = options.search_worlds
    faults = [*whole_faults("--search-worlds", worlds, WORLDS_LIMITS)]
    if faults:
        raise Refused(faults)
    return worlds


def _plan(found: Optimisation) -> Answer:
    unit, plain = found.aim.unit, OUTCOMES[found.aim.outcome].unit
    facts: dict[str, tuple[Cell, str]] = {
        "outcome": (found.aim.outcome, ""),
        "objective": (found.aim.measure, ""),
        "ended": (found.ended, ""),
        "converged": (found.converged, ""),
        "start allowed": (found.start_allowed, ""),
        "score": (found.score, unit),
        "score before": (found.score_before, unit),
        "cost": (found.cost, "cny"),
        "cost before": (found.cost_before, "cny"),
        "budget": (found.space.budget, "cny"),
        "gain in other worlds": (found.gain, plain),
        "error of that gain": (found.gain_error, plain),
        "ahead in other worlds": (found.ahead, "share"),
        "plans tried": (found.tried, "plans"),
        "worlds to search in": (found.search_worlds, "worlds"),
    }
    columns = {"number": "", "unit": "", "before": "number", "value": "number"}
    numbers = Table(
        columns=columns | {"low": "number", "high": "number", "on_bound": "", "contribution": unit},
        rows=[
            (
                each.variable.place,
                unit_of(each.variable),
                each.before,
                each.value,
                each.variable.low,
                each.variable.high,
                each.on_bound,
                each.contribution,
            )
            for each in found.numbers
        ],
    )
    tables = {"plan": numbers, "other_worlds": _checked(found)}
    return Answer(question="optimise", scenario=found.space.scenario, tables=tables, facts=facts)


def _checked(found: Optimisation) -> Table:
    names = [each.name for each in fields(Judged)]
    return Table(
        columns={"plan": ""} | dict.fromkeys(names, "number"),
        rows=[
            (name, *(getattr(each, part) for part in names))
            for name, each in (("chosen", found.checked), ("before", found.checked_before))
        ],
    )


def _front(found: Pareto) -> Answer:
    first, second = (each.outcome for each in found.aims)
    columns = {each.place: unit_of(each) for each in found.space.variables}
    for aim in found.aims:
        columns |= {aim.outcome: aim.unit}
    for aim in found.aims:
        columns |= {f"{aim.outcome} checked": aim.unit, f"{aim.outcome} error": aim.unit}
    rows = [
        (*points, *values, checked[0], errors[0], checked[1], errors[1], cost)
        for points, values, checked, errors, cost in zip(
            found.points.tolist(),
            found.values.tolist(),
            found.checked.tolist(),
            found.errors.tolist(),
            found.costs.tolist(),
            strict=True,
        )
    ]
    facts: dict[str, tuple[Cell, str]] = {
        "objective": (found.aims[0].measure, ""),
        "ended": (found.ended, ""),
        "plans on the front": (len(rows), "plans"),
        f"{first} before": (float(found.before[0]), found.aims[0].unit),
        f"{second} before": (float(found.before[1]), found.aims[1].unit),
        "plan before is beaten": (found.beaten, ""),
        "budget": (found.space.budget, "cny"),
        "plans tried": (found.tried, "plans"),
    }
    table = Table(columns=columns | {"cost": "cny"}, rows=rows)
    return Answer(
        question="optimise", scenario=found.space.scenario, tables={"front": table}, facts=facts
    )
