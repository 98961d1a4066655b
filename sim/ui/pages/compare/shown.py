"""What every view of the comparison needs: contenders, the time axis, and what stands in a CSV."""

from datetime import date

from sim.analyses.compare import Comparison
from sim.charts import Axis
from sim.charts.overlay import Contender
from sim.reports.naming import names_of_all
from sim.text import Words
from sim.ui.compare_set import written
from sim.ui.link import token_of
from sim.ui.results import start_of
from sim.ui.simulation import compared
from sim.ui.visit import Visit


def contenders(visit: Visit, words: Words) -> tuple[Contender, ...]:
    """Every scenario with its runs, in the order of the lineup."""
    names = names_of_all(visit.lineup, words)
    return tuple(
        Contender(name=name, comparison=compared(each), style=index)
        for index, (name, each) in enumerate(zip(names, visit.lineup, strict=True))
    )


def base_of_all(visit: Visit) -> Comparison | None:
    """What all are set against: a scenario of the lineup, or None for each its own world."""
    return None if visit.against is None else compared(visit.lineup[visit.against])


def axis_of(visit: Visit) -> Axis:
    """Dates only where all scenarios begin on the same day."""
    starts: set[date | None] = {start_of(each) for each in visit.lineup}
    return Axis(kind=visit.look.axis, start=starts.pop() if len(starts) == 1 else None)


def csv_header(visit: Visit, words: Words) -> tuple[str, ...]:
    """The lines above the columns: what program, and the link that leads back here."""
    scenario = f"s={token_of(visit.scenario) or ''}"
    return (words("ui.title"), scenario, f"c={written(visit) or ''}")
