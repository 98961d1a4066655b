"""Robust choice from the command line: the digits that Python has, and clear refusals."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from sim.analyses.robust.failing import failing
from sim.analyses.robust.regret import robust
from sim.cases.catalogue import case
from sim.cli.main import main
from sim.uncertainty import Sampling

SCENARIO = replace(case("kuaishou-2021").scenario, weeks=30)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "scenario.toml"
    path.write_text('format = 1\ncase = "kuaishou-2021"\nweeks = 30\n', encoding="utf-8")
    return path


def output(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 0
    return capsys.readouterr().out


def test_robust_choice_has_the_digits_that_python_has_and_of_any_number_of_runs(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("robust", str(document), "--worlds", "128", "--seed", "5", "--format", "json")
    found = json.loads(output(capsys, *asked, "--plan", "all_live", "--level", "1e8"))
    scenario = replace(SCENARIO, sampling=Sampling(seed=5, worlds=128))
    expected = robust(scenario)
    told = failing(expected, "all_live", fails="regret", level=1e8)
    rows = {row["plan"]: row for row in found["tables"]["plans"]}
    assert set(rows) == set(expected.standings)
    for name, standing in expected.standings.items():
        assert (rows[name]["mean"], rows[name]["better"]) == (standing.mean, standing.better)
    regret = {row["plan"]: row["most"] for row in found["tables"]["regret"]}
    assert regret == {name: each.regret_most for name, each in expected.standings.items()}
    assert found["facts"]["safest"] == expected.safest
    assert found["facts"]["failing"] == told.discovery.failing
    assert found["facts"]["discovery"] == told.discovery.state
    assert len(found["tables"]["peeling"]) == len(told.discovery.boxes)
    assert [row["sign"] for row in found["tables"]["tripwires"]] == [
        each.sign for each in told.tripwires.wires
    ]
    worlds = found["tables"]["worlds"]
    assert [row["all_live.fails"] for row in worlds] == told.failed.astype(float).tolist()


def test_robust_choice_is_a_table_to_read(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = output(capsys, "robust", str(document), "--worlds", "128")
    assert all(f"\n{name}\n" in text for name in ("plans", "regret", "box", "peeling", "tripwires"))
    only = output(capsys, "robust", str(document), "--worlds", "128", "--format", "csv")
    assert only.splitlines()[0].startswith("plan,mean,error,p05")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--plan", "all_lives"), "all_live"),
        (("--outcome", "npv"), "npv_change"),
        (("--level", "nan"), "`--level` must lie between"),
        (("--level", "-1"), "`--level` must lie between"),
        (("--level", "1", "--fails", "worse"), "left out"),
    ],
)
def test_what_robust_choice_cannot_answer_is_refused(
    options: tuple[str, ...], said: str, document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["robust", str(document), "--worlds", "64", *options]) == 2
    assert said in capsys.readouterr().err
