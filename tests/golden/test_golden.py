"""Results that are not to change unless someone says so; checked against the yardstick as well."""

import json
from typing import Any

import numpy as np
import pytest

from tests.engine.checks import run_plain
from tests.golden.cases import EVERY, FOLDER, SERIES, result, scenarios

RELATIVE = 1e-9


def stored(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("name", scenarios())
def test_results_are_the_stored_ones(name: str) -> None:
    found, expected = result(scenarios()[name]), stored(name)
    assert set(found["outcomes"]) == set(expected["outcomes"])
    for outcome, value in expected["outcomes"].items():
        same = value if value is None else pytest.approx(value, rel=RELATIVE)
        assert found["outcomes"][outcome] == same, outcome
    assert set(found["series"]) == set(expected["series"]) == set(SERIES)
    for series, values in expected["series"].items():
        assert len(values) == 9
        assert found["series"][series] == pytest.approx(values, rel=RELATIVE), series


@pytest.mark.parametrize("name", scenarios())
def test_stored_results_are_the_yardsticks(name: str) -> None:
    scenario, expected = scenarios()[name], stored(name)
    plain = run_plain(scenario.world, scenario.policy, scenario.weeks)
    paired = run_plain(scenario.world, scenario.reference().policy, scenario.weeks)
    for series, values in expected["series"].items():
        assert plain[series][::EVERY] == pytest.approx(values, rel=RELATIVE), series
    gained = plain["profit"] - paired["profit"]
    discount = (1 + scenario.world.money.discount_rate) ** (-np.arange(scenario.weeks) / 52)
    sums = {"profit_change": gained.sum(), "npv_change": (gained * discount).sum()}
    # Small differences of large sums: judged by the size of what was summed.
    rounding = 1e-13 * plain["revenue"].sum()
    for outcome, value in sums.items():
        assert expected["outcomes"][outcome] == pytest.approx(value, rel=RELATIVE, abs=rounding)
    fans = plain["fans"][-1] - paired["fans"][-1]
    assert expected["outcomes"]["fans_kept"] == pytest.approx(fans, rel=1e-8, abs=1.0)


def test_every_stored_result_has_its_scenario() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(scenarios())
