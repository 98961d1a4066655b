"""What several tests ask of a run: is it sound, and is it what the yardstick says?"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.analyses.compare import simulate
from sim.engine.single import run_series
from sim.errors import Refused
from sim.policy import Move, Policy, policy_declarations
from sim.scenario import Scenario
from sim.series import SERIES
from sim.sets import PARTNERS, SURFACES
from sim.world import World, world_declarations
from tests.yardstick import simulate as plain_simulate

Floats = NDArray[np.float64]
Series = Mapping[str, Floats]

ROUNDING: Final = 1e-12
MERCHANTS: Final = ("partner", "migrated", "adapted", "exited")


def cut(
    *,
    week: int = 0,
    surfaces: tuple[str, ...] = SURFACES,
    partners: tuple[str, ...] = PARTNERS,
    openness: float | None = 0.0,
    fee: float | None = None,
    ramp_weeks: int = 1,
) -> Move:
    """A move that closes every link at once in week 0, but for what is said otherwise."""
    return Move(
        week=week,
        surfaces=surfaces,
        partners=partners,
        openness=openness,
        fee=fee,
        ramp_weeks=ramp_weeks,
    )


NOTHING: Final = Policy()
CLOSE_ALL: Final = Policy(moves=(cut(),))


def run(world: Mapping[str, Any] | World, policy: Policy = NOTHING, weeks: int = 60) -> Series:
    """The series of the default world with some values changed, or of a world."""
    whole = world if isinstance(world, World) else World().with_values(world)
    return run_series(whole, policy, weeks)


def run_or_refused(world: World, policy: Policy, weeks: int) -> Series | None:
    """The series of a sound scenario; None where it was refused, with faults that can be read."""
    try:
        return simulate(Scenario(world=world, policy=policy, weeks=weeks)).series
    except Refused as refused:
        assert refused.faults
        assert all(str(fault) for fault in refused.faults)
        return None


def assert_sound(series: Series) -> None:
    """Laws 4 and 5: conservation, shares that are shares, nothing negative, nothing infinite."""
    for name, values in series.items():
        assert np.isfinite(values).all(), name
        scale = max(1.0, float(np.max(np.abs(values))))
        assert name == "profit" or values.min() >= -ROUNDING * scale, name
        assert SERIES[name].kind != "share" or values.max() <= 1.0 + ROUNDING, name
    bought = series["orders_native"] + series["orders_external"] + series["orders_direct"]
    assert (bought <= series["occasions"] * (1 + ROUNDING)).all()
    ever = sum(series[f"merchants_{where}"] for where in MERCHANTS)
    assert np.allclose(ever, series["merchants_partner"][0], rtol=ROUNDING, atol=0)
    viewers = series["viewers"]
    parts = series["newcomers"] + series["regulars"] + series["fans"]
    assert np.allclose(viewers, parts, rtol=ROUNDING, atol=0)
    change = (series["acquired"] - series["churned"])[:-1]
    larger = np.maximum(viewers[1:], viewers[:-1])
    assert (np.abs(np.diff(viewers) - change) <= 1e-11 * larger).all()


def plain_world(world: World) -> dict[str, Any]:
    """A world as the yardstick reads it."""
    values = {name: world.value(name) for name in world_declarations()}
    return {
        name: np.array(value)[:, np.newaxis] if isinstance(value, tuple) else value
        for name, value in values.items()
    }


def plain_policy(policy: Policy) -> dict[str, Any]:
    """A policy as the yardstick reads it."""
    plain: dict[str, Any] = {name: getattr(policy, name) for name in policy_declarations()}
    plain["moves"] = [
        {name: value for name, value in vars(move).items() if value is not None}
        for move in policy.moves
    ]
    return plain


def run_plain(world: World, policy: Policy, weeks: int) -> Series:
    """The yardstick's series of one world.

    Raises
    ------
    ValueError
        If it refuses the world.
    """
    found = plain_simulate(plain_world(world), plain_policy(policy), weeks)
    return {name: values[:, 0] for name, values in found.items()}


def _magnitude(series: Series, name: str) -> float:
    """How large a series is for judging what is lost in it when large numbers cancel."""
    if name == "profit":
        return float(np.max(np.abs(series["revenue"]) + np.abs(series["cost"])))
    if name == "unserved":
        return 1.0
    if name.startswith("merchants_") and name != "merchants_native":
        return float(sum(series[f"merchants_{where}"][0] for where in MERCHANTS))
    return float(np.max(np.abs(series[name])))


def assert_same(
    found: Series, expected: Series, *, rtol: float = 1e-9, tiny: float = 1e-13
) -> None:
    """Every series equal within ``rtol``; ``tiny`` is absolute, per magnitude of the series."""
    assert set(found) == set(expected)
    for name, values in expected.items():
        atol = tiny * _magnitude(expected, name)
        np.testing.assert_allclose(found[name], values, rtol=rtol, atol=atol, err_msg=name)
