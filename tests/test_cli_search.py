"""Maps and searches from the command line: the digits of the page, and clear refusals."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from sim.analyses.levers import Space
from sim.analyses.map import map_of
from sim.analyses.objective import Aim
from sim.analyses.optimise import optimise
from sim.analyses.variables import variable
from sim.cli.main import main
from sim.documents.toml_document import parse
from sim.ui.pages.decide.map import _aside

DOCUMENT = 'format = 1\ncase = "kuaishou-2021"\nweeks = 30\nsampling.worlds = 64\n'
CUT, OPENNESS, DIVERSION = "policy.moves[0].week", "policy.moves[0].openness", "world.diversion"


@pytest.fixture
def document(tmp_path: Path) -> str:
    path = tmp_path / "scenario.toml"
    path.write_text(DOCUMENT, encoding="utf-8")
    return str(path)


def output(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 0
    return capsys.readouterr().out


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    return json.loads(output(capsys, *arguments, "--format", "json"))


@pytest.mark.parametrize("worlds", [0, 16])
def test_a_map_has_the_digits_of_the_page(
    worlds: int, document: str, capsys: pytest.CaptureFixture[str]
) -> None:
    axes = ("--x", f"{CUT}=0:20:5", "--y", f"{DIVERSION}=0.7:0.9:4")
    answer = found(capsys, "map", document, *axes, "--cell-worlds", str(worlds))
    scenario = parse(DOCUMENT)
    x, y = variable(scenario, CUT, 0, 20), variable(scenario, DIVERSION, 0.7, 0.9)
    # The page puts the two numbers aside, so that a point that is loaded leaves its map as it is.
    page = map_of(_aside(scenario, x, y), x, y, counts=(5, 4), worlds=worlds)
    cells = answer["tables"]["cells"]
    assert [each["npv_change"] for each in cells] == page.values.reshape(-1).tolist()
    assert [each["better"] for each in cells] == page.better.reshape(-1).tolist()
    assert answer["facts"]["refused cells"] == page.refused == 0
    assert answer["units"]["cells"][DIVERSION] == "share"


def test_a_fine_map_says_what_of_it_was_run(
    document: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("map", document, "--x", f"{DIVERSION}=0.7:0.9:12", "--y", "world.blame=0.1:0.3:13")
    some = found(capsys, *asked, "--cell-worlds", "20")
    facts = some["facts"]
    assert facts["cells run"] < facts["cells"] == 156
    assert 0 < facts["cells checked"] <= facts["cells run"]
    assert facts["outcome off by at most"] > 0 and 0 <= facts["share better off by at most"] <= 0.01
    every = found(capsys, *asked, "--cell-worlds", "20", "--every-cell")
    assert every["facts"]["cells run"] == 156
    assert "cells checked" not in every["facts"]


def test_the_frontier_is_a_table_of_its_own(
    document: str, capsys: pytest.CaptureFixture[str]
) -> None:
    axes = ("--x", f"{DIVERSION}=0.6:0.95:12", "--y", "world.blame=0.1:0.3:3")
    text = output(capsys, "map", document, *axes, "--format", "csv", "--table", "frontier")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert set(rows[0]) == {DIVERSION, "world.blame"}
    assert "cells where it pays" in output(capsys, "map", document, *axes)


def test_a_goal_is_sought(document: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = found(
        capsys, "seek", document, "--vary", DIVERSION, "--outcome", "dip_depth", "--target", "0.02"
    )
    assert answer["facts"]["ended"] in {"found", "none"}
    assert len(answer["tables"]["scan"]) == 65
    sure = found(capsys, "seek", document, "--vary", DIVERSION, "--target", "0.5", "--probability")
    assert sure["facts"]["measure"] == "probability"
    mean = output(capsys, "seek", document, "--vary", CUT, "--target", "0", "--mean")
    assert "converged" in mean


def test_a_plan_is_optimised_with_the_digits_of_the_page(
    document: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("--vary", f"{CUT}=0:20", "--vary", OPENNESS, "--objective", "shortfall")
    answer = found(capsys, "optimise", document, *asked)
    scenario = parse(DOCUMENT)
    variables = (variable(scenario, CUT, 0, 20), variable(scenario, OPENNESS))
    page = optimise(Space(scenario=scenario, variables=variables), Aim(measure="shortfall"))
    assert answer["facts"]["score"] == page.score
    assert [each["value"] for each in answer["tables"]["plan"]] == [
        each.value for each in page.numbers
    ]


def test_a_front_is_a_table_of_plans(document: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = found(
        capsys, "optimise", document, "--vary", OPENNESS, "--pareto", "dip_depth",
        "--budget-cost", "1e12", "--search-worlds", "64",
    )  # fmt: skip
    front = answer["tables"]["front"]
    assert front and {OPENNESS, "npv_change", "dip_depth", "cost"} <= set(front[0])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("map", "--x", "world.diversoin", "--y", CUT), "diversion"),
        (("map", "--x", f"{CUT}=1:2:3:4", "--y", DIVERSION), "--x"),
        (("map", "--x", f"{CUT}=a:b", "--y", DIVERSION), "--x"),
        (("map", "--x", f"{CUT}=", "--y", DIVERSION), "--x"),
        (("map", "--x", f"{CUT}=0:20:2.5", "--y", DIVERSION), "--x"),
        (("map", "--x", f"{CUT}=0:20:1000", "--y", DIVERSION), "200"),
        (("map", "--x", CUT, "--y", DIVERSION, "--outcome", "nvp"), "npv_change"),
        (("map", "--x", CUT, "--y", DIVERSION, "--cell-worlds", "-5"), "cell-worlds"),
        (("seek", "--vary", DIVERSION, "--target", "nan"), "finite"),
        (("seek", "--vary", f"{DIVERSION}=0.5", "--target", "0"), "--vary"),
        (("seek", "--vary", f"{DIVERSION}=0.5:1.5", "--target", "0"), "between"),
        (("optimise", "--vary", DIVERSION), "not known"),
        (("optimise", "--vary", OPENNESS, "--objective", "avarage"), "mean"),
        (("optimise", "--vary", OPENNESS, "--budget-cost", "inf"), "budget"),
        (("optimise", "--vary", OPENNESS, "--pareto", "npv_change"), "pareto"),
        (("optimise", "--vary", OPENNESS, "--search-worlds", "3"), "search-worlds"),
    ],
)
def test_what_cannot_be_asked_ends_with_status_2_and_a_reason(
    arguments: tuple[str, ...], said: str, document: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command, *options = arguments
    assert main([command, document, *options]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
    assert "Traceback" not in told.err
