"""What the main area shows of a scenario: outcomes and charts, for the page and for live answers.

No Streamlit here: both ways that lead to the browser send the very same bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sim.analyses.compare import Comparison
from sim.analyses.montecarlo import MonteCarlo
from sim.cases.catalogue import case, festivals
from sim.charts import Axis, Panel, Worlds, simulate_panels
from sim.reports.naming import name_of
from sim.reports.sentence import headline
from sim.scenario import Scenario
from sim.text import Words
from sim.ui.link import token_of
from sim.ui.outcomes import outcomes_html, told
from sim.ui.visit import Look

_PLOTLY_WORDS: Final = (
    "Download plot as a PNG",
    "Zoom",
    "Pan",
    "Zoom in",
    "Zoom out",
    "Reset axes",
)


@dataclass(frozen=True, kw_only=True)
class Results:
    """A comparison as a reader wants to see it.

    ``worlds`` is what many worlds say of it, if that is known; it is not ``fresh`` while it still is
    that of the scenario before.
    """

    comparison: Comparison
    look: Look
    words: Words
    worlds: MonteCarlo | None = None
    fresh: bool = True

    @property
    def scenario(self) -> Scenario:
        """The scenario that was run."""
        return self.comparison.run.scenario

    @property
    def name(self) -> str:
        """The scenario's own name, or that of its case, or of the simulator."""
        return name_of(self.scenario, self.words)

    def panels(self) -> tuple[Panel, ...]:
        """Every chart, the main one first."""
        return simulate_panels(
            self.comparison,
            words=self.words,
            axis=Axis(kind=self.look.axis, start=start_of(self.scenario)),
            festivals=festivals(),
            csv_header=self._csv_header(),
            worlds=self._fan(),
            shows=self.look.shows,
        )

    def outcomes(self) -> str:
        """HTML of title, outcomes and sentence."""
        sentence = headline(self.comparison, self.words, case_name=self.name)
        worlds = told(self.worlds, self.words, fresh=self.fresh)
        return outcomes_html(self.comparison, self.name, sentence, worlds, self.words)

    def _fan(self) -> Worlds | None:
        if self.worlds is None or not self.look.fan:
            return None
        return Worlds(bands=self.worlds.bands, fresh=self.fresh)

    def _csv_header(self) -> tuple[str, ...]:
        token = token_of(self.scenario) or ""
        return (self.words("ui.title"), self.name, f"s={token}")


def start_of(scenario: Scenario) -> date | None:
    """The Monday of week 0; the scenario of no case has none of its own."""
    return case(scenario.case).start if scenario.case else None


def grid_words(words: Words) -> Mapping[str, str]:
    """The words that the chart grid itself needs."""
    return {
        "csv": words("ui.csv"),
        "expand": words("ui.expand"),
        "close": words("ui.close"),
        **{f"plotly.{each}": words(f"ui.plotly.{each}") for each in _PLOTLY_WORDS},
    }
