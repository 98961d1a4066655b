"""What the main area shows of a scenario: outcomes and charts, for the page and for live answers.

No Streamlit here: both ways that lead to the browser send the very same bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sim.analyses.compare import Comparison
from sim.cases.catalogue import case, festivals
from sim.charts import Axis, Panel, simulate_panels
from sim.reports.sentence import headline
from sim.scenario import Scenario
from sim.text import Words
from sim.ui.link import token_of
from sim.ui.outcomes import outcomes_html
from sim.ui.visit import AxisKind

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
    """A comparison as a reader wants to see it."""

    comparison: Comparison
    axis: AxisKind
    words: Words

    @property
    def scenario(self) -> Scenario:
        """The scenario that was run."""
        return self.comparison.run.scenario

    @property
    def name(self) -> str:
        """The name of the case, or of the simulator."""
        case_name = self.scenario.case
        return self.words(f"case.{case_name}" if case_name else "ui.title")

    def panels(self) -> tuple[Panel, ...]:
        """Every chart, the main one first."""
        return simulate_panels(
            self.comparison,
            words=self.words,
            axis=Axis(kind=self.axis, start=self._start()),
            festivals=festivals(),
            csv_header=self._csv_header(),
        )

    def outcomes(self) -> str:
        """HTML of title, outcomes and sentence."""
        sentence = headline(self.comparison, self.words, case_name=self.name)
        return outcomes_html(self.comparison, self.name, sentence, self.words)

    def _start(self) -> date | None:
        """The Monday of week 0; the scenario of no case has none of its own."""
        return case(self.scenario.case).start if self.scenario.case else None

    def _csv_header(self) -> tuple[str, ...]:
        token = token_of(self.scenario) or ""
        return (self.words("ui.title"), self.name, f"s={token}")


def grid_words(words: Words) -> Mapping[str, str]:
    """The words that the chart grid itself needs."""
    return {
        "csv": words("ui.csv"),
        "expand": words("ui.expand"),
        "close": words("ui.close"),
        **{f"plotly.{each}": words(f"ui.plotly.{each}") for each in _PLOTLY_WORDS},
    }
