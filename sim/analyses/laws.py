"""The laws of the model as lights: each computed anew on the scenario that is on the page.

A light says what was measured, the threshold it was held against, and whether it holds; the numbers
behind it stand in its readings. Nothing here is remembered from a test run.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np

from sim.analyses.by_hand.links import mean_openness
from sim.analyses.by_hand.workspace import Inside, look_inside
from sim.engine.inputs import Floats
from sim.engine.single import run_series
from sim.errors import Refused
from sim.policy import Move, Policy
from sim.scenario import Scenario, require_sound
from sim.series import SERIES
from sim.sets import PARTNERS, SEGMENTS, SURFACES
from sim.world import World

Run = Mapping[str, Floats]

# Two ways to the same number differ by rounding only; shares may leave [0, 1] by less still.
CLOSE: Final = 1e-9
WITHIN: Final = 1e-12


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Two numbers that have to be the same: what ought to be, and what the engine gives."""

    id: str
    expected: float
    found: float
    unit: str
    member: str = ""

    @property
    def error(self) -> float:
        """How far apart they are: against the expected one where that is above 1, else as it is."""
        return abs(self.found - self.expected) / max(abs(self.expected), 1.0)


@dataclass(frozen=True, kw_only=True)
class Light:
    """One law on this scenario. ``ok`` is None where it has nothing to say, such as without links."""

    id: str
    measured: float
    threshold: float
    readings: tuple[Reading, ...] = ()
    digest: str = ""
    applies: bool = True

    @property
    def ok(self) -> bool | None:
        """Whether the law holds here."""
        # Written so that what is not a number is not a success.
        return self.measured <= self.threshold if self.applies else None


@lru_cache(maxsize=64)
def lights(scenario: Scenario) -> tuple[Light, ...]:
    """Every law, measured on a scenario, in the order in which they are shown.

    Raises
    ------
    Refused
        If the scenario cannot be run.
    """
    require_sound(scenario)
    world, weeks = scenario.world, scenario.weeks
    run = run_series(world, scenario.policy, weeks)
    # A week more than is shown, so that the last week's flows are seen to arrive in the stocks.
    longer = run_series(world, scenario.policy, weeks + 1)
    reference = run_series(world, Policy(), weeks)
    return (
        _nothing_done(scenario, reference),
        _first_week(world),
        _viewers(longer),
        _merchants(longer, world),
        _bounds(longer, reference),
        _diversion(world),
        _adds_up(run),
        _openness(scenario, run, reference),
        _same_again(scenario, run),
        _same_horizon(run, longer),
    )


def _light(id: str, readings: list[Reading], threshold: float = CLOSE) -> Light:
    return Light(
        id=id,
        measured=_worst(reading.error for reading in readings),
        threshold=threshold,
        readings=tuple(readings),
    )


def _worst(errors: Iterator[float]) -> float:
    """The largest, or NaN where one is: the built-in ``max`` may pass a NaN over."""
    return float(np.max(np.fromiter(errors, dtype=np.float64)))


def _largest_difference(one: Run, other: Run) -> float:
    return float(np.max([np.max(np.abs(one[name] - other[name])) for name in SERIES]))


def _nothing_done(scenario: Scenario, reference: Run) -> Light:
    """Without levers, and with every lever at today's value, the difference is exactly 0."""
    world, weeks = scenario.world, scenario.weeks
    readings = [
        Reading(
            id=id,
            expected=0.0,
            unit="",
            found=_largest_difference(run_series(world, policy, weeks), reference),
        )
        for id, policy in (("no_levers", Policy()), ("as_now", as_today(world)))
    ]
    return _light("nothing_done", readings, threshold=0.0)


def as_today(world: World) -> Policy:
    """A policy that pulls every lever to where the world already stands."""
    fees = [
        Move(week=0, surfaces=SURFACES, partners=(partner,), openness=1.0, fee=fee)
        for partner, fee in zip(PARTNERS, world.money.partner_fee, strict=True)
    ]
    return Policy(
        moves=tuple(fees),
        programme_week=0,
        guarantee_target=world.trust.guarantee,
        brand_target=world.supply.brand_share,
        service_provider_target=world.supply.service_providers,
        commission_target=world.money.commission,
    )


def _first_week(world: World) -> Light:
    """The first week of the world without levers gives back every fact that was entered."""
    run = run_series(world, Policy(), 1)
    total = float(run["gmv_native"][0] + run["gmv_external"][0])
    demand = world.demand
    readings = [Reading(id="gmv", expected=demand.gmv, found=total, unit="cny_per_week")]
    for index, surface in enumerate(SURFACES):
        if demand.surface_split[index] > 0.0:
            readings.extend(_surface_readings(world, index, surface, total))
    inside = look_inside(world, Policy(), 1)
    linked = {partner: _link_orders(inside, index) for index, partner in enumerate(PARTNERS)}
    orders = sum(linked.values())
    for partner, share in zip(PARTNERS, demand.partner_split, strict=True):
        if orders > 0.0:
            found = linked[partner] / orders
            readings.append(
                Reading(
                    id="partner_split", expected=share, found=found, unit="share", member=partner
                )
            )
    return _light("first_week", readings)


def _surface_readings(world: World, index: int, surface: str, total: float) -> Iterator[Reading]:
    """What one surface sells in the first week, from a world in which nothing else sells."""
    demand = world.demand
    alone = tuple(float(at == index) for at in range(len(SURFACES)))
    gmv = demand.gmv * demand.surface_split[index]
    run = run_series(
        replace(world, demand=replace(demand, gmv=gmv, surface_split=alone)), Policy(), 1
    )
    native, linked = float(run["orders_native"][0]), float(run["orders_external"][0])
    occasions = float(run["occasions"][0])
    sold = float(run["gmv_native"][0] + run["gmv_external"][0])
    for id, expected, found in (
        ("surface_split", demand.surface_split[index], sold / total),
        ("closed_share", demand.closed_share[index], native / (native + linked)),
        ("conversion", demand.conversion[index], (native + linked) / occasions),
        ("direct_share", demand.direct_share, float(run["orders_direct"][0]) / occasions),
    ):
        yield Reading(id=id, expected=expected, found=found, unit="share", member=surface)


def _link_orders(inside: Inside, index: int) -> float:
    return sum(
        inside.segment(name, "viewers_0") * inside.segment(name, f"orders_link_{index}")
        for name in SEGMENTS
    )


def _viewers(longer: Run) -> Light:
    """Viewers of a week, plus those who came, less those who left, are the viewers of the next."""
    came, left = longer["acquired"][:-1], longer["churned"][:-1]
    stock = longer["viewers"]
    weekly = np.abs(stock[:-1] + came - left - stock[1:]) / np.maximum(stock[1:], 1.0)
    expected = float(stock[0]) + float(np.sum(came)) - float(np.sum(left))
    readings = (Reading(id="viewers", expected=expected, found=float(stock[-1]), unit="persons"),)
    return Light(id="viewers", measured=float(np.max(weekly)), threshold=CLOSE, readings=readings)


def _merchants(longer: Run, world: World) -> Light:
    """Partner merchants still there, migrated, adapted and gone are those of the start."""
    start = sum(world.supply.merchants_partner)
    found = (
        longer["merchants_partner"]
        + longer["merchants_migrated"]
        + longer["merchants_adapted"]
        + longer["merchants_exited"]
    )
    errors = np.abs(found - start) / max(start, 1.0)
    reading = Reading(id="merchants", expected=start, found=float(found[-1]), unit="merchants")
    return Light(
        id="merchants", measured=float(np.max(errors)), threshold=CLOSE, readings=(reading,)
    )


def _bounds(run: Run, reference: Run) -> Light:
    """How far any share leaves [0, 1], or any stock or flow falls below 0; NaN counts as infinite."""
    beyond = 0.0
    for each in (run, reference):
        for name, facts in SERIES.items():
            values = each[name]
            if not np.all(np.isfinite(values)):
                beyond = float("inf")
            if name != "profit":
                beyond = max(beyond, -float(np.min(values)))
            if facts.kind == "share":
                beyond = max(beyond, float(np.max(values)) - 1.0)
    return Light(id="bounds", measured=beyond, threshold=WITHIN)


def _diversion(world: World) -> Light:
    """Equal conversion, every link closed in week 0: the shop gains diversion × link orders."""
    audience = replace(world.audience, conversion_index=(1.0,) * len(SEGMENTS))
    equal = replace(world, audience=audience)
    cut = Policy(moves=(Move(week=0, surfaces=SURFACES, partners=PARTNERS, openness=0.0),))
    try:
        before, after = run_series(equal, Policy(), 1), run_series(equal, cut, 1)
    except Refused:
        return Light(id="diversion", measured=0.0, threshold=CLOSE, applies=False)
    linked = float(before["orders_external"][0])
    gained = float(after["orders_native"][0] - before["orders_native"][0])
    # The gain is the difference of two larger numbers and can be no more precise than they are.
    if linked < 1e-6 * float(before["orders_native"][0]):
        return Light(id="diversion", measured=0.0, threshold=CLOSE, applies=False)
    wanted = world.demand.diversion
    return _light(
        "diversion",
        [
            Reading(id="diverted", expected=wanted * linked, found=gained, unit="orders_per_week"),
            Reading(id="diversion", expected=wanted, found=gained / linked, unit="share"),
        ],
    )


def _adds_up(run: Run) -> Light:
    """Parts and wholes of every week: GMV by route, profit, viewers, and where occasions end."""
    total = run["gmv_native"] + run["gmv_external"]
    # In a week in which nothing is sold the share stays where the data loop stands.
    sold = np.where(total > 0.0, total, 1.0)
    share = np.where(total > 0.0, run["gmv_native"] / sold, run["data"])
    closed = np.max(np.abs(share - run["closed_share"]))
    size = np.maximum(np.maximum(run["revenue"], run["cost"]), 1.0)
    profit = np.max(np.abs(run["revenue"] - run["cost"] - run["profit"]) / size)
    people = run["newcomers"] + run["regulars"] + run["fans"]
    viewers = np.max(np.abs(people - run["viewers"]) / np.maximum(run["viewers"], 1.0))
    orders = run["orders_native"] + run["orders_external"] + run["orders_direct"]
    excess = np.max(np.maximum(orders - run["occasions"], 0.0) / np.maximum(run["occasions"], 1.0))
    return _light(
        "adds_up",
        [
            Reading(id=id, expected=0.0, found=float(found), unit="")
            for id, found in (
                ("closed_share_sum", closed),
                ("profit_sum", profit),
                ("viewers_sum", viewers),
                ("orders_sum", excess),
            )
        ],
    )


def _openness(scenario: Scenario, run: Run, reference: Run) -> Light:
    """Openness week by week against the moves worked out by hand; 1 where nothing is moved."""
    moves, world = scenario.policy.moves, scenario.world
    by_hand = np.array([mean_openness(world, moves, week) for week in range(scenario.weeks)])
    errors = np.abs(by_hand - run["openness"])
    worst = int(np.argmax(errors))
    return _light(
        "openness",
        [
            Reading(
                id="openness_moved",
                expected=float(by_hand[worst]),
                unit="share",
                found=float(run["openness"][worst]),
            ),
            Reading(
                id="openness_unmoved",
                expected=1.0,
                unit="share",
                found=float(reference["openness"][-1]),
            ),
        ],
    )


def digest_of(run: Run) -> str:
    """The SHA-256 of every digit of every series."""
    digest = hashlib.sha256()
    for name in SERIES:
        digest.update(np.ascontiguousarray(run[name]).tobytes())
    return digest.hexdigest()


def _same_again(scenario: Scenario, run: Run) -> Light:
    """Run once more, every bit of every series is the same."""
    again = run_series(scenario.world, scenario.policy, scenario.weeks)
    first, second = digest_of(run), digest_of(again)
    return Light(id="same_again", measured=float(first != second), threshold=0.0, digest=first)


def _same_horizon(run: Run, longer: Run) -> Light:
    """A longer horizon changes nothing of the weeks before it."""
    shortened = {name: values[:-1] for name, values in longer.items()}
    return Light(id="same_horizon", measured=_largest_difference(run, shortened), threshold=0.0)
