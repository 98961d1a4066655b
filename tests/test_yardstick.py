"""The yardstick obeys the laws of the model page (section 9), so that it may judge the engine."""

import numpy as np
import pytest

from tests.yardstick import DEFAULTS, outcomes, simulate
from tests.yardstick.parameters import PARTNERS, SURFACES

EXACT = 1e-12
WEEKS = 104
CUT = {"week": 19, "surfaces": ["live"], "partners": ["saas", "adapter"], "openness": 0}
CLOSE_ALL = {"week": 0, "surfaces": list(SURFACES), "partners": list(PARTNERS), "openness": 0}
STILL = {
    "drift_migration": 0.0,
    "audience_growth": 0.0,
    "market_growth": 0.0,
    "external_habit_halflife": 1e15,
}
PROGRAMME = {
    "moves": [
        {**CUT, "ramp_weeks": 6},
        {
            "week": 40,
            "surfaces": ["video"],
            "partners": ["marketplace"],
            "openness": 0.3,
            "fee": 0.08,
        },
        {"week": 60, "surfaces": ["live"], "partners": ["adapter"], "openness": 1},
    ],
    "programme_week": 20,
    "guarantee_target": 0.95,
    "care": 0.01,
    "brand_target": 0.3,
    "service_provider_target": 0.5,
    "commission_target": 0.03,
    "coupon": 0.1,
    "coupon_weeks": 8,
}


def drawn_worlds(*, number: int, seed: int) -> dict[str, np.ndarray]:
    """Worlds with every scalar and vector drawn from half to one and a half times its default."""
    source = np.random.default_rng(seed)
    fixed = {
        "segment_share",
        "surface_split",
        "partner_split",
        "closed_share",
        "quality_native",
        "churn",
    }
    fixed |= {
        "quality_partner",
        "streamer_trust",
        "season",
        "start_week",
        "crisis_week",
        "demotion",
        "diversion",
    }
    worlds = {}
    for name, default in DEFAULTS.items():
        if name not in fixed:
            middle = np.asarray(default)[..., np.newaxis]
            worlds[name] = middle * source.uniform(0.5, 1.5, (*np.shape(default), number))
    for share in ("adaptable", "guarantee", "remedy"):
        worlds[share] = np.minimum(worlds[share], 1.0)
    worlds["crisis_week"] = source.integers(0, 100, number)
    worlds["crisis_size"] = source.uniform(0, 1, number)
    worlds["season"] = source.uniform(0.5, 1.5, (52, number))
    worlds["diversion"] = source.uniform(0.3, 0.95, number)
    return worlds


def test_first_week_reproduces_the_observed_facts():
    first = {name: series[0, 0] for name, series in simulate({}, {}, 2).items()}
    closed, split = np.array(DEFAULTS["closed_share"]), np.array(DEFAULTS["surface_split"])
    link_value = np.dot(DEFAULTS["partner_split"], DEFAULTS["order_value_partner"])
    orders = (
        DEFAULTS["gmv"]
        * split
        / (closed * DEFAULTS["order_value_native"] + (1 - closed) * link_value)
    )
    occasions = orders / np.array(DEFAULTS["conversion"])
    expected = {
        "orders_native": np.sum(orders * closed),
        "orders_external": np.sum(orders * (1 - closed)),
        "gmv_native": np.sum(orders * closed) * DEFAULTS["order_value_native"],
        "gmv_external": np.sum(orders * (1 - closed)) * link_value,
        "occasions": np.sum(occasions),
        "orders_direct": np.sum(occasions) * DEFAULTS["direct_share"],
        "viewers": DEFAULTS["viewers"],
        "unserved": 0.0,
    }
    assert {name: first[name] for name in expected} == pytest.approx(expected, rel=EXACT)


@pytest.mark.parametrize("surface", range(3))
def test_first_week_reproduces_each_surface_alone(surface: int):
    # All GMV on one surface makes the surface's own closed share and conversion visible in the totals.
    world = {
        "surface_split": np.eye(3)[surface][:, np.newaxis],
        "closed_share": np.array([[0.95], [0.9], [0.88]]),
    }
    first = {name: series[0, 0] for name, series in simulate(world, {}, 1).items()}
    bought = first["orders_native"] + first["orders_external"]
    assert first["gmv_native"] + first["gmv_external"] == pytest.approx(DEFAULTS["gmv"], rel=EXACT)
    assert first["orders_native"] / bought == pytest.approx([0.95, 0.9, 0.88][surface], rel=EXACT)
    assert bought / first["occasions"] == pytest.approx(DEFAULTS["conversion"][surface], rel=EXACT)


def test_no_levers_is_the_paired_run_bit_for_bit():
    worlds = drawn_worlds(number=4, seed=1)
    bare = simulate(worlds, {}, WEEKS)
    same = simulate(worlds, {"moves": [], "care": 0, "programme_week": 3, "coupon_weeks": 9}, WEEKS)
    assert all(np.array_equal(bare[name], same[name]) for name in bare)
    assert all(
        not change.any()
        for name, change in outcomes(same, bare, worlds).items()
        if "change" in name
    )


def test_a_world_at_rest_is_constant():
    for name, series in simulate(STILL, {}, WEEKS).items():
        assert series == pytest.approx(
            np.broadcast_to(series[0], series.shape), rel=1e-10, abs=1e-12
        ), name


@pytest.mark.parametrize("policy", [{}, PROGRAMME, {"moves": [CLOSE_ALL]}])
def test_merchants_and_viewers_are_conserved(policy: dict):
    run = simulate(drawn_worlds(number=16, seed=2), policy, WEEKS)
    ever = (
        run["merchants_partner"]
        + run["merchants_migrated"]
        + run["merchants_adapted"]
        + run["merchants_exited"]
    )
    assert ever == pytest.approx(np.broadcast_to(ever[0], ever.shape), rel=EXACT)
    assert np.diff(run["viewers"], axis=0) == pytest.approx(
        (run["acquired"] - run["churned"])[:-1], rel=1e-6
    )
    assert run["viewers"] == pytest.approx(
        run["newcomers"] + run["regulars"] + run["fans"], rel=EXACT
    )


@pytest.mark.parametrize("policy", [{}, PROGRAMME, {"moves": [CLOSE_ALL]}])
def test_shares_stay_shares_and_nothing_is_negative(policy: dict):
    run = simulate(drawn_worlds(number=64, seed=3), policy, WEEKS)
    shares = "unserved streamer_trust platform_trust external_habit native_habit closed_share openness data brand"
    for name, series in run.items():
        assert np.isfinite(series).all(), name
        if name != "profit":
            assert (series >= -1e-12).all(), name
        if name in shares.split():
            assert (series <= 1 + 1e-12).all(), name


@pytest.mark.parametrize("diversion", [0.3, 0.65, 0.95, 0.9999])
def test_closing_every_link_diverts_exactly_the_diversion(diversion: float):
    world = {"conversion_index": np.ones((3, 1)), "diversion": diversion}
    open_week, closed_week = simulate(world, {}, 1), simulate(world, {"moves": [CLOSE_ALL]}, 1)
    gained = closed_week["orders_native"] - open_week["orders_native"]
    assert gained == pytest.approx(diversion * open_week["orders_external"], rel=1e-10)
    assert closed_week["orders_external"] == 0


def test_a_draw_does_not_depend_on_its_neighbours():
    worlds = drawn_worlds(number=5, seed=4)
    together = simulate(worlds, PROGRAMME, 60)
    alone = simulate({name: value[..., 3:4] for name, value in worlds.items()}, PROGRAMME, 60)
    assert all(
        together[name][:, 3] == pytest.approx(alone[name][:, 0], rel=1e-12) for name in together
    )


def test_a_move_ramps_from_the_week_before_and_rules_until_the_next():
    moves = [
        {
            "week": 2,
            "surfaces": list(SURFACES),
            "partners": list(PARTNERS),
            "openness": 0,
            "ramp_weeks": 4,
        },
        {
            "week": 4,
            "surfaces": list(SURFACES),
            "partners": list(PARTNERS),
            "openness": 1,
            "ramp_weeks": 2,
        },
    ]
    openness = simulate({}, {"moves": moves}, 7)["openness"][:, 0]
    assert openness == pytest.approx([1, 1, 0.75, 0.5, 0.75, 1, 1], rel=EXACT)


def test_a_move_beyond_the_horizon_is_felt_through_its_notice():
    late = {**CUT, "week": 12}
    migrated = {
        weeks: simulate({}, {"moves": [late]}, weeks)["merchants_migrated"][-1, 0]
        for weeks in (9, 10)
    }
    unmoved = simulate({}, {}, 10)["merchants_migrated"]
    assert migrated[9] == unmoved[8, 0]
    assert migrated[10] > unmoved[9, 0]


@pytest.mark.parametrize(
    ("world", "reason"),
    [
        ({"diversion": 0.05}, "`diversion` must lie between"),
        ({"diversion": 1.0}, "`diversion` must lie between"),
        (
            {
                "conversion_index": np.array([[0.1], [0.1], [99.0]]),
                "conversion": np.full((3, 1), 0.6),
            },
            "below 1",
        ),
        ({"native_habit": np.array([[0.1], [0.2], [1.0]])}, "native_habit"),
        ({"external_habit_longrun": 1.0}, "external_habit_longrun"),
        ({"shopping_intensity": np.array([[0.0], [0.2], [1.0]])}, "newcomer"),
        ({"quality_native": 0.0, "quality_partner": np.zeros((3, 1)), "remedy": 0.0}, "goes well"),
        ({"segment_share": np.array([[0.005], [0.9], [0.095]])}, "newcomer"),
        ({"segment_share": np.array([[0.3], [0.001], [0.699]])}, "regular"),
    ],
)
def test_a_world_without_meaning_is_refused_with_the_reason(world: dict, reason: str):
    with pytest.raises(ValueError, match=reason):
        simulate(world, {}, 1)


def test_a_move_before_the_first_week_is_refused():
    with pytest.raises(ValueError, match="week of a move"):
        simulate({}, {"moves": [{**CUT, "week": -1}]}, 1)


def test_payback_and_dip_on_runs_with_known_answers():
    nothing = np.zeros((4, 3))
    profit = np.array([[-1, -1, 1], [0, -1, 0], [2, 0, 0], [0, 0, 0]], dtype=float)
    gmv = np.array([[10, 8, 11], [10, 9, 11], [10, 10, 11], [10, 11, 11]], dtype=float)
    rest = dict.fromkeys(("gmv_external", "gmv_direct", "viewers", "fans", "closed_share"), nothing)
    reference = rest | {"profit": nothing, "gmv_native": nothing + 10}
    result = outcomes(rest | {"profit": profit, "gmv_native": gmv}, reference, {})
    assert result["payback_week"] == pytest.approx([2, np.nan, 0], nan_ok=True)
    assert result["dip_depth"] == pytest.approx([0, 0.2, 0])
    assert result["dip_weeks"] == pytest.approx([0, 2, 0])
