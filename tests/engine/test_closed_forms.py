"""Cases that can be computed by hand, or with as many digits as one likes."""

import math
from decimal import Decimal, getcontext
from typing import Any

import numpy as np
import pytest

from sim.engine import arithmetic, calibrate
from sim.engine.compiled import JIT, compiled
from sim.engine.single import run_series
from sim.metrics import outcomes
from sim.policy import Policy
from sim.world import World
from tests.engine.checks import CLOSE_ALL, cut, run
from tests.engine.test_laws import STILL

# Beside a relative tolerance approx allows 1e-12 absolute, unless it is told 0: for a number as small
# as that, anything.
EXACT = 1e-12


@compiled
def _dissimilarity(conversion: float, closed_share: float, diversion: float) -> float:
    return float(calibrate.dissimilarity(conversion, closed_share, diversion))


# The two helpers, and the elementary functions


def test_the_engine_is_compiled() -> None:
    assert JIT


@pytest.mark.parametrize("start", [0.0, 0.3, 1.0])
@pytest.mark.parametrize(
    ("up", "down"), [(0.0, 0.2), (0.3, 0.0), (0.02, 0.05), (1e-9, 1e-9), (9.0, 700.0)]
)
def test_relax_is_an_exact_week_of_its_differential_equation(
    start: float, up: float, down: float
) -> None:
    rest, rate = up / (up + down), up + down
    expected = rest + (start - rest) * math.exp(-rate)
    assert arithmetic.relax(start, up, down) == pytest.approx(expected, rel=EXACT, abs=1e-15)


def test_relax_stays_where_nothing_pulls() -> None:
    assert arithmetic.relax(0.37, 0.0, 0.0) == 0.37


def test_two_weeks_of_relax_are_one_of_twice_the_rates() -> None:
    twice = arithmetic.relax(arithmetic.relax(0.2, 0.1, 0.3), 0.1, 0.3)
    assert twice == pytest.approx(arithmetic.relax(0.2, 0.2, 0.6), rel=EXACT)


def _spread(low: float, high: float, number: int) -> list[float]:
    return [float(x) for x in np.random.default_rng(4).uniform(low, high, number)]


def test_exp_is_that_of_the_library() -> None:
    for x in [*_spread(-708, 709, 4000), -708.0, 709.0, 0.0, 1e-300, -1e-17, 0.5 * math.log(2)]:
        assert arithmetic.exp(x) == pytest.approx(math.exp(x), rel=1e-13, abs=0.0), x
    assert arithmetic.exp(-708.5) == arithmetic.exp(-math.inf) == 0.0
    assert arithmetic.exp(1e4) == arithmetic.exp(709.0)


def test_expm1_is_that_of_the_library_and_keeps_the_digits_of_small_numbers() -> None:
    small = [sign * 10.0**power for power in range(-300, 3) for sign in (-1, 1)]
    for x in _spread(-40, 700, 4000) + _spread(-0.4, 0.4, 2000) + small:
        assert arithmetic.expm1(x) == pytest.approx(math.expm1(x), rel=1e-13, abs=0.0), x
    assert arithmetic.expm1(0.0) == 0.0


def test_log_is_that_of_the_library() -> None:
    powers = [math.exp(x) for x in _spread(-707, 709, 4000)]
    near_one = [1 + sign * 2.0**-power for power in range(1, 53) for sign in (-1, 1)]
    for x in powers + near_one + [2.3e-308, 1.7e308, math.sqrt(2), math.sqrt(0.5), 1e-12, 1.0]:
        assert arithmetic.log(x) == pytest.approx(math.log(x), rel=1e-13, abs=1e-300), x


def test_a_hazard_takes_its_share() -> None:
    assert arithmetic.leaving(math.log(2)) == pytest.approx(0.5, rel=EXACT)
    assert arithmetic.leaving(0.0) == 0.0
    assert arithmetic.leaving(1e-12) == pytest.approx(1e-12, rel=1e-11, abs=0.0)


# Choice


@pytest.mark.parametrize("conversion", [1e-6, 0.04, 0.1, 0.6, 0.999])
@pytest.mark.parametrize("closed", [1e-6, 0.5, 0.9, 1 - 1e-6, 1 - 1e-12])
@pytest.mark.parametrize("diversion", [0.3, 0.65, 0.95, 0.9999, 1 - 1e-12])
def test_dissimilarity_inverts_the_diversion_with_all_its_digits(
    conversion: float, closed: float, diversion: float
) -> None:
    getcontext().prec = 60
    k, chi, d, direct = (Decimal(each) for each in (conversion, closed, diversion, 1e-4))
    after = k * (chi + d * (1 - chi))
    odds, odds_direct = k / (1 - k - direct), direct / (1 - k - direct)
    exact = (after / (1 - after) * (1 + odds_direct) / odds).ln() / chi.ln()
    found = _dissimilarity(conversion, closed, diversion)
    assert found == pytest.approx(float(exact), rel=1e-13, abs=0.0)


def test_dissimilarity_is_1_at_the_diversion_of_the_plain_logit() -> None:
    conversion, closed = 0.1, 0.9
    after = closed * conversion / (1 - conversion + closed * conversion)
    plain = (after / conversion - closed) / (1 - closed)
    assert _dissimilarity(conversion, closed, plain) == pytest.approx(1.0, rel=EXACT)
    assert _dissimilarity(conversion, 1.0, 0.65) == 1.0


def test_a_closed_surface_splits_occasions_into_shop_direct_and_nothing() -> None:
    conversion, direct, closed, diversion = 0.1, 0.02, 0.9, 0.65
    values: dict[str, Any] = {
        "conversion_index": (1.0,) * 3,
        "surface_split": (1.0, 0.0, 0.0),
        "direct_share": direct,
    }
    first = run(values, CLOSE_ALL, 1)
    nothing = 1 - conversion - direct
    native_odds = conversion / nothing * closed ** _dissimilarity(conversion, closed, diversion)
    direct_odds = direct / nothing
    rest = 1 / (1 + native_odds + direct_odds)
    occasions = first["occasions"][0]
    assert first["orders_native"][0] / occasions == pytest.approx(native_odds * rest, rel=EXACT)
    assert first["orders_direct"][0] / occasions == pytest.approx(direct_odds * rest, rel=EXACT)
    wished = native_odds * rest / conversion
    assert first["unserved"][0] == pytest.approx(1 - wished, rel=1e-11)


def test_a_coupon_multiplies_the_odds_of_a_shop_without_links() -> None:
    values: dict[str, Any] = {
        "conversion_index": (1.0,) * 3,
        "surface_split": (1.0, 0.0, 0.0),
        "direct_share": 0.0,
        "closed_share": (1.0,) * 3,
        "coupon_effect": 4.0,
    }
    first = run(values, Policy(programme_week=0, coupon=0.25, coupon_weeks=1), 2)
    bought = first["orders_native"] / first["occasions"]
    assert bought[0] / (1 - bought[0]) == pytest.approx(0.1 / 0.9 * math.e, rel=EXACT)
    assert bought[1] < 0.11


# Links


def test_a_ramp_leads_evenly_from_the_week_before_to_the_target() -> None:
    moves = (cut(week=2, ramp_weeks=4), cut(week=4, openness=1.0, ramp_weeks=2))
    openness = run({}, Policy(moves=moves), 7)["openness"]
    assert openness == pytest.approx([1, 1, 0.75, 0.5, 0.75, 1, 1], rel=EXACT)


@pytest.mark.parametrize("ramp", [0, 1])
def test_without_a_ramp_a_move_acts_at_once(ramp: int) -> None:
    openness = run({}, Policy(moves=(cut(week=3, ramp_weeks=ramp),)), 5)["openness"]
    assert openness == pytest.approx([1, 1, 1, 0, 0], rel=EXACT)


def test_openness_weighs_cells_by_their_first_link_orders() -> None:
    # With one closed share and order values alike, link orders follow the split of GMV.
    values: dict[str, Any] = {"order_value_partner": (60.0,) * 3}
    policy = Policy(moves=(cut(surfaces=("live",), partners=("saas", "adapter")),))
    assert run(values, policy, 1)["openness"][0] == pytest.approx(1 - 0.85 * 0.87, rel=EXACT)


def test_revenue_is_affine_in_a_partners_fee_where_no_buyer_feels_it() -> None:
    values: dict[str, Any] = {"fee_effect": 0.0, "fee_pressure": 0.0, "returns": 0.3}
    moves = [cut(partners=("saas",), openness=None, fee=fee) for fee in (0.0, 0.1, 0.2)]
    revenue = [run(values, Policy(moves=(move,)), 1)["revenue"][0] for move in moves]
    orders = run(values, weeks=1)["orders_external"][0]
    per_fee = orders * 0.25 * 55.0 * (1 - 0.3)
    assert revenue[1] - revenue[0] == pytest.approx(0.1 * per_fee, rel=1e-9)
    assert revenue[2] - revenue[1] == pytest.approx(0.1 * per_fee, rel=1e-9)


def test_evasion_lets_a_part_of_closed_links_through_an_open_shelf() -> None:
    # Reach of live and video is the evasion; pressure follows what cannot be reached.
    values: dict[str, Any] = STILL | {
        "evasion": 0.25,
        "pressure_exit": 0.1,
        "pressure_migration": 0.0,
        "adaptable": (0.0,) * 3,
        "order_value_partner": (60.0,) * 3,
    }
    found = run(values, Policy(moves=(cut(surfaces=("live", "video")),)), 2)
    hazard = 0.1 * (1 - 0.07) * 0.75
    assert found["merchants_exited"][1] == pytest.approx(300e3 * -math.expm1(-hazard), rel=1e-11)


# Stocks


def test_segments_without_promotion_lose_what_churn_takes() -> None:
    # Newcomers and regulars that nobody leaves need no promotion; crisis and habit change nothing.
    values: dict[str, Any] = STILL | {
        "churn": (0.05, 0.0, 0.0),
        "demotion": (0.0, 0.0),
        "churn_trust": 0.0,
        "churn_native_habit": 0.0,
        "churn_external_habit": 0.0,
        "churn_unserved": 1.0,
    }
    found = run(values, CLOSE_ALL, 3)
    # Hazard 0.05·exp(unserved), the newcomers' own; all segments leave the same share unserved
    # where their conversions are alike.
    alike = run({**values, "conversion_index": (1.0,) * 3}, CLOSE_ALL, 3)
    newcomers = 0.3 * 430e6
    lost = newcomers * -math.expm1(-0.05 * math.exp(alike["unserved"][0]))
    assert alike["churned"][0] == pytest.approx(lost, rel=1e-11)
    arrived = newcomers * -math.expm1(-0.05)
    assert alike["newcomers"][1] == pytest.approx(newcomers - lost + arrived, rel=1e-11)
    assert found["regulars"] == pytest.approx([0.45 * 430e6] * 3, rel=EXACT)


def test_onboarding_empties_by_its_hazard() -> None:
    # All merchants migrate in the first week at a hazard of 50; then onboarding only empties.
    values: dict[str, Any] = STILL | {
        "pressure_migration": 50.0,
        "pressure_exit": 0.0,
        "adaptable": (0.0,) * 3,
        "onboarding_weeks": 4.0,
        "multihoming": 0.3,
    }
    waiting = run(values, CLOSE_ALL, 10)["merchants_onboarding"]
    expected = 0.7 * 300e3 * np.exp(-np.arange(9) / 4.0)
    assert waiting[1:] == pytest.approx(expected, rel=1e-11)
    assert waiting[0] == 0.0


def test_competing_hazards_share_what_leaves_in_proportion() -> None:
    values: dict[str, Any] = STILL | {
        "drift_migration": 0.01,
        "pressure_migration": 0.2,
        "pressure_exit": 0.1,
        "adaptation": 0.5,
        "adaptable": (0.0, 0.0, 0.4),
    }
    found = run(values, CLOSE_ALL, 2)
    left = {"migrated": 0.0, "adapted": 0.0, "exited": 0.0}
    for merchants, adaptable in ((50e3, 0.0), (90e3, 0.0), (160e3, 0.4)):
        hazards = {"migrated": 0.21, "adapted": 0.5 * adaptable, "exited": 0.1}
        gone = merchants * -math.expm1(-sum(hazards.values()))
        for cause, hazard in hazards.items():
            left[cause] += gone * hazard / sum(hazards.values())
    for cause, number in left.items():
        assert found[f"merchants_{cause}"][1] == pytest.approx(number, rel=1e-11), cause


def test_no_more_merchants_adapt_than_can() -> None:
    values: dict[str, Any] = STILL | {"adaptation": 100.0, "adaptable": (0.1, 0.2, 0.3)}
    adapted = run(values, CLOSE_ALL, 30)["merchants_adapted"]
    assert adapted.max() <= 0.1 * 50e3 + 0.2 * 90e3 + 0.3 * 160e3
    assert adapted[-1] == pytest.approx(0.1 * 50e3 + 0.2 * 90e3 + 0.3 * 160e3, rel=1e-9)


def test_a_programme_comes_half_way_in_its_halflife() -> None:
    policy = Policy(programme_week=4, guarantee_target=0.9, brand_target=0.45)
    values = {"programme_halflife": 6.0, "brand_halflife": 12.0, "brand_share": 0.15}
    found = run(values, policy, 30)
    assert found["guarantee"][4] == 0.7
    assert found["guarantee"][10] == pytest.approx(0.8, rel=EXACT)
    assert found["guarantee"][16] == pytest.approx(0.85, rel=EXACT)
    assert found["brand"][16] == pytest.approx(0.30, rel=EXACT)


def test_trusts_lose_the_share_that_a_crisis_takes_in_its_week() -> None:
    found = run(STILL | {"crisis_week": 7, "crisis_size": 0.4}, weeks=10)
    for name in ("streamer_trust", "platform_trust"):
        assert found[name][7] == pytest.approx(found[name][0], rel=1e-9)
        assert found[name][8] == pytest.approx(0.6 * found[name][0], rel=1e-9)


def test_the_market_grows_and_the_season_turns() -> None:
    season = tuple(1.0 + 0.01 * week for week in range(52))
    values: dict[str, Any] = {"season": season, "start_week": 50, "market_growth": 0.3}
    found = run({**values, "audience_growth": 0.0}, weeks=5)
    per_viewer = found["occasions"] / found["occasions"][0]
    expected = [season[(50 + t) % 52] / season[50] * 1.3 ** (t / 52) for t in range(5)]
    # Segments move a little as habits do; occasions per viewer do not.
    assert per_viewer == pytest.approx(expected, rel=2e-3)
    at_rest = run(
        {
            **STILL,
            **values,
            "churn_external_habit": 0.0,
            "churn_trust": 0.0,
            "churn_native_habit": 0.0,
        },
        weeks=5,
    )
    assert at_rest["occasions"] / at_rest["occasions"][0] == pytest.approx(expected, rel=1e-9)


# Outcomes


def _runs(profit: list[float], gmv: list[float]) -> dict[str, Any]:
    rest = ("gmv_external", "gmv_direct", "viewers", "fans", "closed_share")
    zeros = np.zeros(len(profit))
    return {"profit": np.array(profit), "gmv_native": np.array(gmv)} | dict.fromkeys(rest, zeros)


@pytest.mark.parametrize(
    ("profit", "week"),
    [
        ([1, 0, 0, 0], 0),
        ([-1, 0, 2, 0], 2),
        ([-1, 1, 0, 1], 3),
        ([1, -2, 2, 0], 2),
        ([-1, 0, 0, 0], None),
        ([0, 0, 0, 0], None),
        ([-1, 1, 0, 0], None),
        ([2, 0, 0, -2], None),
    ],
)
def test_payback_is_the_first_week_from_which_more_has_been_earned_for_good(
    profit: list[float], week: int | None
) -> None:
    level = [10.0] * 4
    found = outcomes(_runs(profit, level), _runs([0.0] * 4, level), discount_rate=0.1)
    assert found["payback_week"] == week


def test_the_dip_is_its_deepest_week_and_counts_its_weeks() -> None:
    dipped = _runs([0.0] * 5, [10.0, 8.0, 9.0, 12.0, 10.0])
    found = outcomes(dipped, _runs([0.0] * 5, [10.0] * 5), discount_rate=0.1)
    assert found["dip_depth"] == pytest.approx(0.2, rel=EXACT)
    assert found["dip_weeks"] == 2
    assert found["gmv_change"] == pytest.approx(-1.0, rel=EXACT)


def test_a_constant_gain_has_the_npv_of_an_annuity() -> None:
    level, weeks, rate = [10.0] * 104, 104, 0.12
    found = outcomes(_runs([3.0] * weeks, level), _runs([1.0] * weeks, level), discount_rate=rate)
    factor = (1 + rate) ** (-1 / 52)
    assert found["npv_change"] == pytest.approx(2 * (1 - factor**104) / (1 - factor), rel=1e-11)
    assert found["profit_change"] == pytest.approx(208.0, rel=EXACT)


def test_care_in_its_first_week_costs_what_it_costs_and_nothing_else() -> None:
    cared = run({}, Policy(programme_week=0, care=0.02), 1)
    weighted = 430e6 * (0.1 * 0.3 + 0.5 * 0.45 + 1.0 * 0.25)
    assert cared["cost"][0] - run({}, weeks=1)["cost"][0] == pytest.approx(
        0.02 * 10 * weighted, rel=1e-11
    )
    assert cared["revenue"][0] == run_series(World(), Policy(), 1)["revenue"][0]
