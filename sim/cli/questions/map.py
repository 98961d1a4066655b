"""An outcome over two numbers, from the command line."""

import argparse
from collections.abc import Iterator

from sim.analyses.map import COUNT, Map, map_of
from sim.cli.answer import Answer, Cell, Table
from sim.cli.asked import asked_axis, asked_outcome, unit_of
from sim.cli.running import Running
from sim.metrics import OUTCOMES
from sim.scenario import Scenario


def answer(scenario: Scenario, options: argparse.Namespace, running: Running) -> Answer:
    """The frontier for reading, and every cell."""
    outcome = asked_outcome(options)
    x, columns = asked_axis(scenario, "--x", options.x, COUNT)
    y, rows = asked_axis(scenario, "--y", options.y, COUNT)
    found = map_of(
        scenario,
        x,
        y,
        outcome=outcome,
        counts=(columns, rows),
        worlds=options.cell_worlds,
        every_cell=options.every_cell,
        executor=running.executor,
        tick=running.tick,
    )
    pays, costs = found.shares
    facts: dict[str, tuple[Cell, str]] = {
        "outcome": (outcome, ""),
        "cells": (found.values.size, "cells"),
        "cells where it pays": (pays, "share"),
        "cells where it costs": (costs, "share"),
        "worlds a cell": (max(found.worlds, 1), "worlds"),
        "refused cells": (found.refused, "cells"),
        "cells with some worlds refused": (found.partly, "cells"),
        "flat": (found.is_flat, ""),
        **_told(found),
    }
    tables = {"cells": _cells(found), "frontier": _frontier(found)}
    return Answer(question="map", scenario=scenario, tables=tables, facts=facts)


def _told(found: Map) -> dict[str, tuple[Cell, str]]:
    """What was told from neighbours, and how far off that was seen to be."""
    if found.infilled is None:
        return {"cells run": (found.values.size, "cells")}
    return {
        "cells run": (found.infilled.computed, "cells"),
        "cells checked": (found.infilled.checked, "cells"),
        "outcome off by at most": (found.infilled.off_value, OUTCOMES[found.outcome].unit),
        "share better off by at most": (found.infilled.off_share, "share"),
    }


def _cells(found: Map) -> Table:
    columns = _axes(found) | {found.outcome: OUTCOMES[found.outcome].unit, "better": "share"}
    return Table(columns=columns, rows=list(_cell_rows(found)), long=True)


def _cell_rows(found: Map) -> Iterator[tuple[Cell, ...]]:
    for row, y in enumerate(found.ys.tolist()):
        for column, x in enumerate(found.xs.tolist()):
            at = row, column
            yield x, y, float(found.values[at]), float(found.better[at])


def _frontier(found: Map) -> Table:
    return Table(columns=_axes(found), rows=list(found.frontier))


def _axes(found: Map) -> dict[str, str]:
    return {each.place: unit_of(each) for each in (found.x, found.y)}
