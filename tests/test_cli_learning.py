"""Attribution, information and option from the command line: the digits that Python has."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import sim
from sim.analyses.attribution import attribution
from sim.analyses.information import information
from sim.analyses.option import option_value
from sim.cli.main import main
from sim.policy import Policy
from sim.scenario import Scenario
from sim.uncertainty import Sampling

DOCUMENT = 'format = 1\ncase = "cut-everything"\nweeks = 50\n'
SETTING = ("--seed", "5", "--worlds", "512")


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "scenario.toml"
    path.write_text(DOCUMENT, encoding="utf-8")
    return path


def read(path: Path) -> Scenario:
    return replace(sim.read(path), sampling=Sampling(seed=5, worlds=512))


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert main([*arguments, *SETTING, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_attribute_has_the_digits_that_python_has(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = asked(capsys, "attribute", str(document), "--outcome", "gmv_change")
    found = attribution(read(document), outcome="gmv_change")
    rows = {row["player"]: row for row in told["tables"]["contributions"]}
    assert list(rows) == [*(each.player.id for each in found.contributions), "total"]
    for each in found.contributions:
        row = rows[each.player.id]
        assert (row["own"], row["mean"], row["error"]) == (
            each.amount.own, each.amount.mean, each.amount.error,
        )  # fmt: skip
        assert (row["alone"], row["last"]) == (each.alone, each.last)
    assert rows["total"]["own"] == found.total.own
    assert told["units"]["contributions"]["own"] == "cny"
    assert len(told["tables"]["interactions"]) == len(found.interactions)
    assert told["facts"]["status"] == "found"


def test_information_has_the_digits_that_python_has(
    document: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    other = tmp_path / "care.toml"
    other.write_text("format = 1\npolicy.care = 0.002\n", encoding="utf-8")
    told = asked(capsys, "information", str(document), "--plan", str(other))
    found = information(read(document), plans=[Policy(care=0.002)])
    rows = told["tables"]["assumptions"]
    assert [row["assumption"] for row in rows] == [each.name for each in found.learned]
    assert [row["worth"] for row in rows] == [each.worth.value for each in found.learned]
    assert [row["error"] for row in rows] == [each.worth.error for each in found.learned]
    assert told["facts"]["worth of knowing everything"] == found.perfect.value
    assert [row["mean"] for row in told["tables"]["options"]] == list(found.means)
    assert [row["option"] for row in told["tables"]["options"]][2] == str(other)
    assert len(told["tables"]["curves"]) == 101 * len(found.learned)
    assert len(told["tables"]["switches"]) == sum(len(each.switches) for each in found.learned)


def test_option_has_the_digits_that_python_has(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("option", str(document), "--surface", "video", "--weeks", "6", "--signal", "gmv")
    told = asked(capsys, *arguments)
    found = option_value(read(document), surface="video", weeks=6, signal="gmv")
    rows = {row["plan"]: row for row in told["tables"]["plans"]}
    for name, each in found.plans.items():
        assert (rows[name]["mean"], rows[name]["error"]) == (each.mean, each.error)
    assert found.gain is not None
    assert told["tables"]["parts"][-1]["mean"] == found.gain.mean
    assert (told["facts"]["begins"], told["facts"]["decided"]) == (19, 25)
    assert len(told["tables"]["worlds"]) == found.worlds


@pytest.mark.parametrize("question", ["attribute", "information", "option"])
def test_it_is_readable_as_a_table_and_as_csv(
    question: str, document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([question, str(document), *SETTING]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert f"{question}, 50 weeks, 512 worlds, seed 5" in lines[0]
    assert main([question, str(document), *SETTING, "--format", "csv"]) == 0
    assert len(list(csv.DictReader(io.StringIO(capsys.readouterr().out)))) > 2


@pytest.mark.parametrize("question", ["attribute", "information", "option"])
def test_without_a_policy_there_is_an_answer_all_the_same(
    question: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "nothing.toml"
    path.write_text("format = 1\nweeks = 20\n", encoding="utf-8")
    told = asked(capsys, question, str(path))
    expected = {"attribute": "nothing", "information": "no_difference", "option": "no_moves"}
    assert told["facts"]["status"] == expected[question]


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        (("attribute", "--outcome", "payback_week"), "--outcome"),
        (("information", "--outcome", "dip_depth"), "--outcome"),
        (("information", "--plan", "/nowhere/plan.toml"), "/nowhere/plan.toml"),
        (("option", "--surface", "radio"), "--surface"),
        (("option", "--signal", "mood"), "--signal"),
        (("option", "--weeks", "0"), "--weeks"),
        (("option", "--outcome", "closed_share"), "--outcome"),
    ],
)
def test_what_there_is_not_ends_with_status_2_and_its_place(
    arguments: tuple[str, ...], place: str, document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([arguments[0], str(document), *arguments[1:]]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert f"`{place}`" in said.err
