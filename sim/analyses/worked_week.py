"""One week by hand: every formula with its numbers, and the engine's result beside it.

The parameters of the world and the stocks at the week's opening are given; everything else is worked
out again here in plain Python, formula by formula as the model page has them, and held against what
the compiled engine has in its rows. A reader can do the same with a calculator or a spreadsheet.
"""

from dataclasses import dataclass
from functools import lru_cache

from sim.analyses.by_hand.demand import choices, first_week, orders, what_changed
from sim.analyses.by_hand.links import fee, openness
from sim.analyses.by_hand.sheet import LINKS, Line, Sheet, Step
from sim.analyses.by_hand.stocks import habits, money, sales, trusts
from sim.analyses.by_hand.workspace import Inside, look_inside
from sim.scenario import Scenario, require_sound
from sim.sets import PARTNERS, SEGMENTS, WEEKS_PER_YEAR
from sim.world import world_declarations

_SEGMENT_STOCKS = {
    "T_t": "streamer_trust_now",
    "G_t": "platform_trust_now",
    "He_t": "external_habit_now",
    "Hn_t": "native_habit_now",
    "N_t": "viewers_now",
}
_WORLD_STOCKS = {
    "Mn_t": "merchants_now",
    "D_t": "data_now",
    "B_t": "brand_now",
    "g_t": "guarantee_now",
    "P_t": "service_providers_now",
    "c_t": "commission_now",
}


@dataclass(frozen=True, kw_only=True, eq=False)
class WorkedWeek:
    """A week worked out by hand: what was given, and the steps."""

    week: int
    given: dict[str, float]
    values: dict[str, float]
    steps: tuple[Step, ...]

    @property
    def checked(self) -> tuple[Line, ...]:
        """Every line for which the engine has a number."""
        return tuple(line for step in self.steps for line in step.lines if line.ok is not None)

    @property
    def ok(self) -> bool:
        """Whether the engine agrees with all of them."""
        return all(line.ok for line in self.checked)


@lru_cache(maxsize=64)
def worked_week(scenario: Scenario, week: int) -> WorkedWeek:
    """Work out one week of a scenario by hand.

    Raises
    ------
    Refused
        If the scenario cannot be run.
    ValueError
        If the week is not one of the scenario's.
    """
    if not 0 <= week < scenario.weeks:
        raise ValueError(f"week {week} is not between 0 and {scenario.weeks - 1}")
    require_sound(scenario)
    opening = look_inside(scenario.world, scenario.policy, week)
    closing = look_inside(scenario.world, scenario.policy, week + 1)
    sheet = Sheet()
    _give_world(sheet, scenario)
    _give_stocks(sheet, opening)
    _give_policy(sheet, scenario, week)
    first_week(sheet, closing)
    what_changed(sheet, closing)
    choices(sheet)
    orders(sheet, closing)
    sales(sheet, closing)
    trusts(sheet, closing)
    habits(sheet, closing)
    money(sheet, closing)
    return WorkedWeek(week=week, given=sheet.given, values=sheet.values, steps=tuple(sheet.steps))


def _give_world(sheet: Sheet, scenario: Scenario) -> None:
    for id, declaration in world_declarations().items():
        if id != "season":
            sheet.give(id, scenario.world.value(id), declaration.members)


def _give_stocks(sheet: Sheet, opening: Inside) -> None:
    for segment in SEGMENTS:
        for id, row in _SEGMENT_STOCKS.items():
            sheet.give(id, [opening.segment(segment, row)], [segment])
    for id, row in _WORLD_STOCKS.items():
        sheet.give(id, opening.world(row))
    for partner in PARTNERS:
        sheet.give("M_t", [opening.partner(partner, "merchants_now")], [partner])


def _give_policy(sheet: Sheet, scenario: Scenario, week: int) -> None:
    """What the levers are in the week, and the week's place in the year."""
    policy, world = scenario.policy, scenario.world
    since = week - policy.programme_week
    running = since >= 0
    sheet.give("t", week)
    sheet.give("coupon_t", policy.coupon if running and since < policy.coupon_weeks else 0.0)
    sheet.give("care_t", policy.care if running else 0.0)
    sheet.give("crisis_t", world.trust.crisis_size if week == world.trust.crisis_week else 0.0)
    season = world.demand.season
    sheet.give("season_t", season[(world.demand.start_week + week) % WEEKS_PER_YEAR])
    sheet.give("season_0", season[world.demand.start_week])
    for surface, partner in LINKS:
        now = openness(policy.moves, surface, partner, week)
        sheet.give(f"o__{surface}", [now], [partner])
    for partner, now in zip(PARTNERS, world.money.partner_fee, strict=True):
        sheet.give("f_t", [fee(policy.moves, partner, now, week)], [partner])
