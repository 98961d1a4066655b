"""The built-in cases: legal, admissible, and honest about what is real in them."""

import csv
import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from sim.policy import Move, Policy, move_declarations, policy_declarations
from sim.scenario import Scenario, faults_of
from sim.sets import PARTNERS, SURFACES, WEEKS_PER_YEAR
from sim.world import World, world_declarations
from tests.yardstick import simulate

SIM = Path(__file__).parents[1] / "sim"
CASES = SIM / "cases"
CATALOGUE = tomllib.loads((CASES / "catalogue.toml").read_text(encoding="utf-8"))
IDS = CATALOGUE["order"]
SOURCES = {
    "article",
    "gmv-effect",
    "kuaishou-results",
    "timeline",
    "trust-purchase",
    "youzan",
}
STATUSES = {"found", "derived", "recalled"}
TOP = {"format", "name", "note", "case", "weeks", "world", "policy"}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{4}-\d{2}|\d{4}Q[1-4]")
# Found to four decimals, summed over 13 weeks and divided.
ROUNDING = 1e-4


def document(case: str) -> dict[str, Any]:
    """The case's own document."""
    return tomllib.loads((CASES / f"{case}.toml").read_text(encoding="utf-8"))


def whole(case: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """World and policy of a case, with what it takes over from the case it starts from."""
    own = document(case)
    world, policy = whole(own["case"]) if "case" in own else ({}, {})
    return world | own.get("world", {}), policy | own.get("policy", {})


def vector(name: str, value: Any) -> Any:
    """A value as a tuple where the parameter is a vector, members left out at their default."""
    declaration = world_declarations()[name]
    if isinstance(value, Mapping):
        assert set(value) <= set(declaration.members)
        defaults = dict(zip(declaration.members, declaration.default, strict=True))
        return tuple((defaults | value).values())
    return tuple(value) if declaration.members else value


def scenario(case: str) -> Scenario:
    world, policy = whole(case)
    moves = tuple(
        Move(**move | {name: tuple(move[name]) for name in ("surfaces", "partners")})
        for move in policy.get("moves", [])
    )
    values = {name: vector(name, value) for name, value in world.items()}
    return Scenario(
        world=World().with_values(values),
        policy=Policy(**policy | {"moves": moves}),
        weeks=document(case)["weeks"],
    )


def places_set(case: str) -> Iterator[str]:
    """Every place that the case's own document sets; the numbers of a move one by one."""
    own = document(case)
    yield from (f"world.{name}" for name in own.get("world", {}))
    policy = own.get("policy", {})
    yield from (f"policy.{name}" for name in policy if name != "moves")
    moves = policy.get("moves")
    if moves == []:
        yield "policy.moves"
    for index, move in enumerate(moves or []):
        yield from (f"policy.moves[{index}].{name}" for name in move)


def covers(stated: str, place: str) -> bool:
    return place == stated or place.startswith((f"{stated}.", f"{stated}["))


def stated(case: str) -> list[str]:
    entry = CATALOGUE["cases"][case]
    return [fact["what"] for fact in entry["facts"]] + entry["illustrative"]


def first_monday(year: int) -> date:
    """The Monday of the week with 1 January."""
    return date(year, 1, 1) - timedelta(days=date(year, 1, 1).weekday())


def calendar_week(day: date) -> int:
    """The week of the season table that a day of the years at hand falls in."""
    return (day - first_monday(day.year)).days // 7 % WEEKS_PER_YEAR


def quarters(season: list[float]) -> list[float]:
    return [math.fsum(season[start : start + 13]) / 13 for start in range(0, 52, 13)]


def test_every_document_is_in_the_catalogue_once():
    files = {path.stem for path in CASES.glob("*.toml")} - {"catalogue"}
    assert sorted(IDS) == sorted(files) == sorted(CATALOGUE["cases"])


@pytest.mark.parametrize("case", IDS)
def test_a_document_only_uses_legal_ids(case: str):
    own = document(case)
    assert own["format"] == 1
    assert own["name"]
    assert own["note"]
    assert set(own) <= TOP
    assert set(own.get("world", {})) <= set(world_declarations())
    assert set(own.get("policy", {})) <= set(policy_declarations()) | {"moves"}
    for move in own.get("policy", {}).get("moves", []):
        assert set(move) <= set(move_declarations()) | {"surfaces", "partners"}
        assert set(move["surfaces"]) <= set(SURFACES)
        assert set(move["partners"]) <= set(PARTNERS)


@pytest.mark.parametrize("case", IDS)
def test_a_case_starts_from_one_that_stands_before_it(case: str):
    own = document(case)
    if "case" in own:
        assert own["case"] in IDS[: IDS.index(case)]
        for key in ("start", "platform"):
            assert CATALOGUE["cases"][case][key] == CATALOGUE["cases"][own["case"]][key]


@pytest.mark.parametrize("case", IDS)
def test_no_number_of_a_case_is_refused(case: str):
    assert faults_of(scenario(case)) == ()


@pytest.mark.parametrize("case", IDS)
def test_a_case_is_admissible_and_starts_at_its_gmv(case: str):
    world, policy = whole(case)
    values = {name: vector(name, value) for name, value in world.items()}
    first = simulate(values, policy, 1)
    gmv = first["gmv_native"][0, 0] + first["gmv_external"][0, 0]
    assert gmv == pytest.approx(world["gmv"], rel=1e-12)


@pytest.mark.parametrize("case", IDS)
def test_each_place_set_is_either_a_fact_or_illustrative(case: str):
    said = stated(case)
    assert len(said) == len(set(said))
    places = list(places_set(case))
    covering = {place: [each for each in said if covers(each, place)] for place in places}
    assert {place: found for place, found in covering.items() if len(found) != 1} == {}
    idle = [each for each in said if not any(covers(each, place) for place in places)]
    assert idle == []


@pytest.mark.parametrize("case", IDS)
def test_each_fact_has_a_known_source_a_date_and_a_status(case: str):
    for fact in CATALOGUE["cases"][case]["facts"]:
        assert set(fact) == {"what", "source", "date", "status"}
        assert fact["source"] in SOURCES
        assert fact["status"] in STATUSES
        assert DATE.fullmatch(fact["date"])


@pytest.mark.parametrize("case", IDS)
def test_a_case_starts_on_the_monday_of_its_start_week(case: str):
    start = date.fromisoformat(CATALOGUE["cases"][case]["start"])
    assert start.weekday() == 0
    assert whole(case)[0]["start_week"] == calendar_week(start)


@pytest.mark.parametrize("case", IDS)
def test_a_real_move_comes_in_the_week_of_its_date(case: str):
    start = date.fromisoformat(CATALOGUE["cases"][case]["start"])
    for fact in CATALOGUE["cases"][case]["facts"]:
        found = re.match(r"policy\.(?:moves\[(\d+)\]|programme_week)", fact["what"])
        if found:
            assert DAY.fullmatch(fact["date"]), fact
            policy = document(case)["policy"]
            week = policy["moves"][int(found[1])]["week"] if found[1] else policy["programme_week"]
            assert week == (date.fromisoformat(fact["date"]) - start).days // 7, fact


def test_the_cut_of_november_2021_is_in_week_19():
    moves = whole("kuaishou-2021")[1]["moves"]
    assert moves == [
        {"week": 19, "surfaces": ["live"], "partners": ["saas", "adapter"], "openness": 0.0}
    ]
    assert whole("kuaishou-2021-no-cut")[1]["moves"] == []


@pytest.mark.parametrize("case", IDS)
def test_the_season_has_mean_one_and_one_shape(case: str):
    season = whole(case)[0]["season"]
    assert len(season) == WEEKS_PER_YEAR
    assert math.fsum(season) / WEEKS_PER_YEAR == pytest.approx(1, rel=0, abs=1e-12)
    assert season == whole("kuaishou-2021")[0]["season"]


def test_the_season_with_its_trend_gives_the_quarterly_factors_back():
    world = scenario("kuaishou-2021").world
    growth = (1 + world.demand.market_growth) * (1 + world.audience.audience_growth)
    quarter = growth**0.25
    first, second, third, fourth = quarters(list(world.demand.season))
    factors = {"Q4/Q3": fourth / third, "Q1/Q4": first / fourth, "Q2/Q1": second / first}
    stated = {"Q4/Q3": 1.39, "Q1/Q4": 0.72, "Q2/Q1": 1.18}
    assert {name: factor * quarter for name, factor in factors.items()} == pytest.approx(
        stated, rel=ROUNDING
    )


@pytest.mark.parametrize(
    ("name", "month", "day"), [("618", 6, 18), ("116", 11, 6), ("double11", 11, 11)]
)
def test_festivals_stand_in_their_weeks_and_out_of_the_season(name: str, month: int, day: int):
    week = CATALOGUE["festivals"][name]
    assert {calendar_week(date(year, month, day)) for year in (2020, 2021, 2022)} == {week}
    season = whole("kuaishou-2021")[0]["season"]
    assert season[week] > 1.1 * max(season[week - 3], season[week + 3])


@pytest.mark.parametrize(
    ("case", "quarter", "weeks"),
    [("kuaishou-2021", "2021Q3", range(26, 39)), ("kuaishou-2022", "2022Q1", range(13))],
)
def test_the_first_week_is_the_seasonal_level_of_its_quarter(case: str, quarter: str, weeks: range):
    with (CASES / "observed" / "kuaishou_quarterly.csv").open(encoding="utf-8") as file:
        observed = {row["quarter"]: float(row["gmv"]) * 1e9 for row in csv.DictReader(file)}
    world = scenario(case).world
    growth = (1 + world.demand.market_growth) * (1 + world.audience.audience_growth)
    season, start = world.demand.season, world.demand.start_week
    level = math.fsum(
        season[week] / season[start] * growth ** ((week - start) / 52) for week in weeks
    )
    assert world.demand.gmv * level == pytest.approx(observed[quarter], rel=1e-3)


def test_the_own_shop_share_of_2022_is_that_of_december_2021():
    world, policy = whole("kuaishou-2022")
    values = {name: vector(name, value) for name, value in world.items()}
    assert simulate(values, policy, 1)["closed_share"][0, 0] == pytest.approx(0.988, abs=5e-5)


def test_observed_rows_name_their_source_and_status():
    for name in ("kuaishou_quarterly.csv", "link_policy_timeline.csv"):
        with (CASES / "observed" / name).open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        assert rows
        for row in rows:
            assert row["source"] in SOURCES
            assert row.get("status", row.get("gmv_status")) in STATUSES | {"derived-from-recalled"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_case_festival_and_platform_has_words(language: str):
    words = tomllib.loads((SIM / "text" / f"cases.{language}.toml").read_text(encoding="utf-8"))
    keys = {f"case.{case}" for case in IDS} | {f"case.{case}.note" for case in IDS}
    keys |= {f"festival.{name}" for name in CATALOGUE["festivals"]}
    keys |= {f"platform.{entry['platform']}" for entry in CATALOGUE["cases"].values()}
    assert set(words) == keys
    assert all(word.strip() for word in words.values())
