"""Which plan is safe across futures, and where one of them fails."""

from dataclasses import replace

import streamlit as st

from sim.analyses.robust.plan_set import plan_set
from sim.analyses.robust.regret import Robust, robust
from sim.charts.robust import regret_panel
from sim.policy import Policy
from sim.reports.robust import plan_text, plan_words, regret_text, robust_text, standing_row
from sim.text import Words
from sim.ui.chart_grid import chart_grid
from sim.ui.link import require_shown, tag_of, token_of
from sim.ui.pages.decide.failing import draw_failing
from sim.ui.pages.decide.outcome import draw_outcome
from sim.ui.pages.decide.sampling import draw_sampling
from sim.ui.results import grid_words
from sim.ui.session import touched
from sim.ui.visit import Visit
from sim.ui.work import answered, plain


def draw(visit: Visit, words: Words) -> None:
    """The safest plan and its price, all plans as table and chart, and where one fails."""
    draw_sampling(visit, words)
    outcome = draw_outcome(visit, words)
    found = _found(visit, outcome, words)
    if found is None:
        return
    st.markdown(robust_text(found, words).replace("~", r"\~").replace("$", r"\$"))
    if not found.standings:
        return
    st.table(
        [dict(standing_row(each, outcome, words)) for each in found.standings.values()],
        border="horizontal",
    )
    st.caption(words("decide.plans.method"))
    _chart(found, visit, words)
    _explained(visit, words)
    draw_failing(found, visit, words, take=_take_plan)


def _found(visit: Visit, outcome: str, words: Words) -> Robust | None:
    """The plans are part of the key: that of the scenario is one of them."""
    asked = plain(visit.scenario)
    return answered(
        ("robust", asked, outcome),
        lambda tick: robust(asked, outcome=outcome, tick=tick),
        label=words("decide.plans.run", worlds=f"{asked.sampling.worlds:,}"),
        words=words,
    )


def _chart(found: Robust, visit: Visit, words: Words) -> None:
    names = {name: plan_words(name, words) for name in found.standings}
    told = [
        words(
            "robust.chart.regret.each",
            plan=names[each.id],
            mean=regret_text(found.outcome, each.regret, words),
            high=regret_text(found.outcome, each.regret_high, words),
            most=regret_text(found.outcome, each.regret_most, words),
        )
        for each in found.standings.values()
    ]
    title = words("robust.chart.regret")
    alt = words("robust.chart.regret.alt", title=title, plans=" ".join(told))
    header = (words("ui.title"), f"s={token_of(visit.scenario) or ''}")
    chart_grid(
        [regret_panel(found, names, alt, words, header)],
        key="regret-chart",
        language=tag_of(words.language),
        words=grid_words(words),
        columns=1,
    )


def _explained(visit: Visit, words: Words) -> None:
    with st.expander(words("decide.plans.what"), key="plans-box"):
        for name, policy in plan_set(visit.scenario).items():
            done = plan_text(visit.scenario, policy, words)
            st.markdown(f"- **{plan_words(name, words)}** — {done}")


def _take_plan(policy: Policy) -> None:
    """Callback: a plan becomes the policy of the scenario; one step of undo."""
    visit = touched()
    visit.attempt("policy.moves", replace(visit.scenario, policy=policy), require_shown)
