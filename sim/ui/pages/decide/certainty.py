"""How sure the answer is: what all worlds say, and between which values they lie."""

from collections.abc import Iterator
from functools import partial

import streamlit as st

from sim.analyses.montecarlo import MonteCarlo, montecarlo
from sim.charts import Axis
from sim.charts.certainty import distribution_panel, weekly_panel
from sim.metrics import OUTCOMES
from sim.reports.certainty import certainty, chance, outcome_text
from sim.text import Words
from sim.ui.chart_grid import chart_grid
from sim.ui.link import tag_of, token_of
from sim.ui.pages.decide.ranges import draw_ranges
from sim.ui.pages.decide.sampling import draw_sampling
from sim.ui.pages.decide.told import draw_sentence
from sim.ui.results import grid_words, start_of
from sim.ui.visit import Visit
from sim.ui.work import answered, plain
from sim.ui.worlds import MOST_WORLDS, known_worlds, worlds_of


def draw(visit: Visit, words: Words) -> None:
    """Sentence, charts, a table of every outcome, the raw worlds, and what may be set."""
    draw_sampling(visit, words)
    found = _found(visit, words)
    if found is not None:
        draw_sentence(certainty(found, words))
        _charts(found, visit, words)
        _table(found, words)
        _downloads(found, visit, words)
    draw_ranges(visit, words)


def _found(visit: Visit, words: Words) -> MonteCarlo | None:
    scenario = visit.scenario
    if scenario.sampling.worlds <= MOST_WORLDS:
        return known_worlds(scenario) or worlds_of(scenario)
    asked = plain(scenario)
    return answered(
        ("montecarlo", asked),
        lambda tick: montecarlo(asked, tick=tick),
        label=words("decide.certainty.run", worlds=f"{scenario.sampling.worlds:,}"),
        words=words,
    )


def _charts(found: MonteCarlo, visit: Visit, words: Words) -> None:
    header = (words("ui.title"), f"s={token_of(visit.scenario) or ''}")
    axis = Axis(kind=visit.look.axis, start=start_of(visit.scenario))
    panels = [
        distribution_panel(found, "npv_change", words, header),
        weekly_panel(found, axis, words, header),
        distribution_panel(found, "profit_change", words, header),
        distribution_panel(found, "gmv_change", words, header),
    ]
    chart_grid(
        panels, key="certainty-charts", language=tag_of(words.language), words=grid_words(words)
    )


def _table(found: MonteCarlo, words: Words) -> None:
    st.subheader(words("decide.certainty.table"), anchor=False)
    st.table(
        [dict(_row(name, found, words)) for name in OUTCOMES],
        border="horizontal",
    )


def _row(name: str, found: MonteCarlo, words: Words) -> Iterator[tuple[str, str]]:
    each = found.distributions[name]
    yield words("decide.column.outcome"), words(f"outcome.{name}")
    for column, at in (("low", 0), ("middle", 2), ("high", 4)):
        yield words(f"decide.column.{column}"), outcome_text(name, each.quantiles[at], words)
    yield words("decide.column.mean"), outcome_text(name, each.mean, words)
    yield words("decide.column.shortfall"), outcome_text(name, each.shortfall, words)
    better = "–" if each.better is None else chance(each.better, words)
    yield words("decide.column.better"), better


def _downloads(found: MonteCarlo, visit: Visit, words: Words) -> None:
    from sim.ui.worlds_files import worlds_csv, worlds_parquet

    name = visit.scenario.case or "scenario"
    with st.container(horizontal=True, gap="small"):
        for kind, make, mime in (
            ("csv", worlds_csv, "text/csv"),
            ("parquet", worlds_parquet, "application/vnd.apache.parquet"),
        ):
            st.download_button(
                words(f"decide.certainty.{kind}"),
                data=partial(make, found),
                key=f"worlds.{kind}",
                file_name=f"{name}-worlds.{kind}",
                mime=mime,
                on_click="ignore",
                icon=":material/download:",
                help=words("decide.certainty.files.help"),
            )
