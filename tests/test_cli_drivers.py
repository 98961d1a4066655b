"""Drivers and flip points on the command line: the digits of the analyses, and clear refusals."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from sim.analyses.flips import flip_points
from sim.analyses.indices import indices
from sim.analyses.joint_flip import joint_flip
from sim.analyses.tornado import tornado
from sim.cli.main import main
from sim.documents.toml_document import parse
from sim.uncertainty import Sampling

DOCUMENT = """
format = 1
case = "kuaishou-2021"
weeks = 30

[[correlations]]
between = ["payout", "remedy"]
coefficient = 0.5
"""
SCENARIO = replace(parse(DOCUMENT), sampling=Sampling(seed=5))


@pytest.fixture
def document(tmp_path: Path) -> str:
    path = tmp_path / "scenario.toml"
    path.write_text(DOCUMENT, encoding="utf-8")
    return str(path)


def output(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 0
    return capsys.readouterr().out


def test_drivers_have_the_digits_that_python_has(
    document: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("drivers", document, "--seed", "5", "--base", "64", "--outcome", "profit_change")
    found = json.loads(output(capsys, *asked, "--format", "json"))
    expected = indices(SCENARIO, outcome="profit_change", base=64)
    rows = found["tables"]["indices"]
    assert [each["factor"] for each in rows] == ["+".join(each.names) for each in expected.factors]
    assert "remedy+payout" in [each["factor"] for each in rows]
    for row, factor in zip(rows, expected.factors, strict=True):
        assert (row["total"], row["first_low"]) == (factor.total.value, factor.first.low)
        assert row["first_known"] == factor.first.known
    bars = {each.name: each for each in tornado(SCENARIO, outcome="profit_change").bars}
    told = {each["parameter"].partition(".")[0]: each for each in found["tables"]["tornado"]}
    assert list(told) == list(bars)
    for name, row in told.items():
        assert (row["at_low"], row["at_high"]) == (bars[name].at_low, bars[name].at_high)
    assert found["facts"]["worlds run"] == 64 * (len(rows) + 2)
    assert found["facts"]["convergence"] == expected.settled


def test_flips_have_the_digits_that_python_has(
    document: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = json.loads(output(capsys, "flip", document, "--format", "json"))
    expected = flip_points(SCENARIO)
    rows = found["tables"]["flips"]
    numbers = [each for each in expected.turning if not each.members]
    assert numbers
    for each in numbers:
        told = [row for row in rows if row["parameter"] == each.name]
        assert [row["flips_at"] for row in told] == [flip.values[0] for flip in each.flips]
        assert {row["likely"] for row in told} == {each.likely}
    still = [row for row in rows if row["flips"] == 0]
    assert still and all(row["flips_at"] is None for row in still)
    joint = joint_flip(SCENARIO)
    assert found["facts"]["distance"] == joint.distance
    assert found["facts"]["probability"] == joint.probability
    assert found["tables"]["joint"][0]["deviations"] == joint.shifts[0].deviations


def test_both_are_read_as_tables_and_as_csv(
    document: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = output(capsys, "flip", document)
    assert "better_above" in text and "joint flip" in text
    rows = list(csv.DictReader(io.StringIO(output(capsys, "flip", document, "--format=csv"))))
    assert rows[0]["parameter"] == flip_points(SCENARIO).parameters[0].name
    text = output(capsys, "drivers", document, "--base", "64")
    assert "convergence" in text and "swing" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("drivers", "--base", "8"), "--base"),
        (("drivers", "--outcome", "npv"), "npv_change"),
        (("flip", "--outcome", "npv"), "npv_change"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    arguments: tuple[str, ...], said: str, document: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command, *options = arguments
    assert main([command, document, *options]) == 2
    assert said in capsys.readouterr().err
