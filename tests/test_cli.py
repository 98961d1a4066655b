"""The command line: the same digits as in Python, and a status that says whether it worked."""

import ast
import csv
import io
import json
import os
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

import sim
from sim.cases.catalogue import case, case_ids
from sim.cli.main import main
from sim.cli.tables import aligned, readable
from sim.documents.toml_document import parse
from sim.metrics import OUTCOMES
from sim.policy import move_declarations, policy_declarations
from sim.series import SERIES
from sim.world import world_declarations

ROOT = Path(__file__).parents[1]
DOCUMENT = """
format = 1
name = "试 \\u001b[31m"
case = "kuaishou-2021"
weeks = 30
world.diversion = 0.7
"""
REFUSED = "format = 1\nworld.diversion = 2\nworld.gmvv = 1\n"
# Sound number by number, but no choice model explains it: only the engine finds out.
INADMISSIBLE = "format = 1\nworld.diversion = 0.0\n"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "scenario.toml"
    path.write_text(DOCUMENT, encoding="utf-8")
    return path


@pytest.fixture
def refused(tmp_path: Path) -> Path:
    path = tmp_path / "refused.toml"
    path.write_text(REFUSED, encoding="utf-8")
    return path


def sim_process(
    *arguments: str, stdin: bytes = b"", env: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "sim", *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, timeout=120, input=stdin, env=env, check=False
    )


def output(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 0
    return capsys.readouterr().out


def test_json_has_the_digits_that_python_has(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = json.loads(output(capsys, "run", str(document), "--format", "json"))
    compared = sim.compare(parse(DOCUMENT))
    assert set(found) == {"scenario", "reference", "outcomes"}
    assert set(found["scenario"]) == {"name", "weeks", "series"}
    assert (found["scenario"]["name"], found["scenario"]["weeks"]) == ("试 \x1b[31m", 30)
    assert set(found["reference"]) == {"series"}
    for part, run in (("scenario", compared.run), ("reference", compared.reference)):
        series = {name: values.tolist() for name, values in run.series.items()}
        assert found[part]["series"] == series
        assert set(series) == set(SERIES)
    assert found["outcomes"] == dict(compared.outcomes)
    assert set(found["outcomes"]) == set(OUTCOMES)


def test_csv_is_tidy_and_has_the_same_digits(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = list(csv.DictReader(io.StringIO(output(capsys, "run", str(document), "--format=csv"))))
    compared = sim.compare(parse(DOCUMENT))
    assert list(rows[0]) == ["week", "run", "series", "value"]
    assert len(rows) == 2 * 30 * len(SERIES)
    found = {(row["run"], row["series"], int(row["week"])): float(row["value"]) for row in rows}
    for week in range(30):
        gmv = compared.run.series["gmv_native"][week]
        assert found["scenario", "gmv_native", week] == gmv
        assert found["reference", "profit", week] == compared.reference.series["profit"][week]


def test_the_table_has_outcomes_units_and_quarters(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = output(capsys, "run", str(document)).splitlines()
    words = [line.split() for line in lines]
    assert lines[0] == "试 \N{REPLACEMENT CHARACTER}[31m: 30 weeks"
    assert set(OUTCOMES) <= {line[0] for line in words if line}
    assert [line[0] for line in words[-4:]] == ["0", "13", "26", "29"]
    assert "cny_per_week" in lines[-5]


def test_standard_input_is_a_file_like_any_other(document: Path) -> None:
    by_path = sim_process("run", str(document), "--format", "json")
    by_pipe = sim_process("run", "-", "--format", "json", stdin=DOCUMENT.encode())
    assert by_path.returncode == by_pipe.returncode == 0
    assert by_pipe.stdout == by_path.stdout != b""


def test_a_refused_document_ends_with_status_2_and_all_its_reasons(
    refused: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", str(refused)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    lines = said.err.splitlines()
    assert [line.split("`")[1] for line in lines] == ["world.diversion", "world.gmvv"]


def test_a_world_that_no_rates_explain_ends_with_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "scenario.toml"
    path.write_text(INADMISSIBLE)
    assert main(["run", str(path)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "`diversion` must be at least" in said.err


def test_a_missing_file_ends_with_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "/nowhere/at/all.toml"]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert "/nowhere/at/all.toml" in said.err


def test_a_result_goes_to_a_file(
    document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "结果.json"
    out.write_text("old")
    out.chmod(0o640)
    assert output(capsys, "run", str(document), "--format", "json", "--out", str(out)) == ""
    assert json.loads(out.read_text(encoding="utf-8"))["scenario"]["weeks"] == 30
    assert stat.S_IMODE(out.stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["scenario.toml", "结果.json"]


def test_a_link_to_a_file_stays_a_link(document: Path, tmp_path: Path) -> None:
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    target.write_text("old")
    link.symlink_to(target)
    assert main(["run", str(document), "--format", "json", "--out", str(link)]) == 0
    assert link.is_symlink()
    assert json.loads(target.read_text())["scenario"]["weeks"] == 30


def test_a_refused_run_leaves_the_file_that_was_there(refused: Path, tmp_path: Path) -> None:
    out = tmp_path / "result.json"
    out.write_text("old")
    assert main(["run", str(refused), "--out", str(out)]) == 2
    assert out.read_text() == "old"


@pytest.mark.parametrize("out", ["nowhere/result.json", ".", "a\0b", "x" * 300])
def test_what_cannot_be_written_ends_with_status_2(
    out: str, document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", str(document), "--out", f"{tmp_path}/{out}"]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert "cannot be written" in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["scenario.toml"]


def test_a_result_can_go_to_what_is_no_file(document: Path, tmp_path: Path) -> None:
    # A pipe of its own and not /dev/null, which a broken program would replace for everybody.
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert main(["run", str(document), "--out", str(pipe)]) == 0
        assert pipe.is_fifo()
        assert b"gmv_change" in os.read(reader, 2**16)
    finally:
        os.close(reader)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_disk_is_said(document: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "sim", "run", str(document)]
        found = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False)
    assert found.returncode == 2
    assert b"`stdout` cannot be written" in found.stderr
    assert b"Traceback" not in found.stderr


def test_a_reader_that_has_left_is_no_error() -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        command = [sys.executable, "-m", "sim", "parameters"]
        found = subprocess.run(
            command, cwd=ROOT, stdout=write, stderr=subprocess.PIPE, check=False, timeout=120
        )
    finally:
        os.close(write)
    assert (found.returncode, found.stderr) == (0, b"")


def test_cases_are_listed_in_their_order(capsys: pytest.CaptureFixture[str]) -> None:
    lines = output(capsys, "cases").splitlines()
    assert [line.split()[0] for line in lines[1:]] == list(case_ids())
    assert case("kuaishou-2021").scenario.name in lines[1]


def test_a_case_is_printed_as_its_document(capsys: pytest.CaptureFixture[str]) -> None:
    text = output(capsys, "cases", "cut-everything")
    assert text == case("cut-everything").document


def test_an_unknown_case_ends_with_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cases", "kuaishou2021"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "kuaishou-2021" in said.err


def test_every_parameter_and_lever_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    declared = [*world_declarations(), *policy_declarations(), *move_declarations()]
    listed = json.loads(output(capsys, "parameters", "--format", "json"))
    lines = output(capsys, "parameters").splitlines()
    assert [each["id"] for each in listed] == declared
    assert [line.split()[0] for line in lines[1:]] == declared
    facts = "id group unit default low high limits role level status source members"
    assert all(list(each) == facts.split() for each in listed)


def test_a_listed_parameter_has_the_facts_of_its_declaration(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = output(capsys, "parameters", "--format=json")
    listed = {each["id"]: each for each in json.loads(text)}
    assert listed["diversion"] == {
        "id": "diversion", "group": "demand", "unit": "share", "default": 0.65, "low": 0.3,
        "high": 0.95, "limits": [0.0, 1.0], "role": "uncertainty", "level": "basic",
        "status": "derived", "source": "gmv-effect", "members": [],
    }  # fmt: skip
    assert listed["churn"]["low"] == [0.03, 0.006, 0.002]
    assert listed["season"]["low"] is None
    assert listed["fee"]["group"] == "move"


@pytest.mark.parametrize("arguments", [[], ["fly"], ["run"], ["run", "x", "--format", "xml"]])
def test_a_wrong_command_ends_with_status_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: python -m sim" in capsys.readouterr().err


def test_the_version_is_told() -> None:
    found = sim_process("--version")
    assert found.stdout.decode().split() == ["sim", sim.__version__]


def test_a_terminal_without_chinese_gets_escapes(document: Path) -> None:
    found = sim_process(
        "run", str(document), env=os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    )
    assert (found.returncode, found.stderr) == (0, b"")
    assert found.stdout.startswith(b"\\u8bd5")


def test_importing_the_package_imports_neither_numpy_nor_numba() -> None:
    check = "import sim, sim.cli.main, sys; sim.Scenario(); sim.read; print(sorted(sys.modules))"
    found = subprocess.run(
        [sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True, check=True
    )
    imported = set(ast.literal_eval(found.stdout))
    assert not {"numpy", "numba", "scipy", "tomlkit", "streamlit"} & imported
    assert "sim.scenario" in found.stdout


def test_the_package_offers_what_it_says() -> None:
    offered = set(sim.__all__)
    assert {"read", "simulate", "compare", "Scenario", "Refused"} <= offered <= set(dir(sim))
    assert all(getattr(sim, name) is not None for name in sim.__all__)
    assert not hasattr(sim, "nothing_of_the_kind")


def test_compiling_is_announced(
    document: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.engine.compiled.needs_compiling", lambda: True)
    assert main(["run", str(document)]) == 0
    assert capsys.readouterr().err.startswith("Compiling the engine")


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1.5e9, "cny", "1.500 bn"),
        (-2.25e6, "persons", "-2.250 m"),
        (0.1234, "share", "12.34 %"),
        (97.0, "week", "97"),
        (0.6, "trust", "0.6"),
        (None, "week", "-"),
        (float("nan"), "cny", "-"),
    ],
)
def test_a_number_is_told_with_its_scale(value: float | None, unit: str, text: str) -> None:
    assert readable(value, unit) == text


def test_columns_are_aligned() -> None:
    assert aligned([["a", "1"], ["bcd", "23"]], left=1) == "a     1\nbcd  23\n"


DOCUMENT_IN = """printf 'format = 1\\ncase = "kuaishou-2021"\\n' | "$PYTHON" -m sim"""


def shell(line: str) -> "subprocess.CompletedProcess[str]":
    """One line in a shell."""
    return subprocess.run(
        ["bash", "-c", line],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHON": sys.executable},
    )


def test_a_pipe_is_written_to() -> None:
    got = shell(f"{DOCUMENT_IN} run - --format json --out /dev/stdout | cat")
    assert (got.returncode, got.stderr) == (0, "")
    assert json.loads(got.stdout)["outcomes"]


def test_an_empty_path_is_refused() -> None:
    got = shell(f'{DOCUMENT_IN} run - --out ""')
    assert got.returncode == 2
    assert "empty" in got.stderr
    assert "Traceback" not in got.stderr


def test_closed_output_is_said_and_leaves_no_traceback() -> None:
    got = shell('"$PYTHON" -m sim parameters >&-')
    assert got.returncode == 2
    assert "closed" in got.stderr
    assert "Traceback" not in got.stderr


def test_with_errors_closed_the_reasons_are_not_among_the_results() -> None:
    got = shell('"$PYTHON" -m sim run /no/such/file.toml 2>&-')
    assert (got.returncode, got.stdout) == (2, "")


def test_closed_input_is_said_and_leaves_no_traceback() -> None:
    got = shell('"$PYTHON" -m sim run - <&-')
    assert got.returncode == 2
    assert got.stderr
    assert "Traceback" not in got.stderr


def test_a_pipe_whose_reader_has_left_needs_no_standard_output() -> None:
    got = shell(f"{DOCUMENT_IN} run - --format csv --out >(true) >&-")
    assert (got.returncode, got.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_reasons_that_nobody_can_read_do_not_change_the_status() -> None:
    assert shell('"$PYTHON" -m sim run /no/such/file.toml 2>/dev/full').returncode == 2
    left = shell('("$PYTHON" -m sim run /no/such/file.toml 2>&1; echo $? >&2) | true')
    assert left.stderr.split() == ["2"]


def test_a_wrong_command_is_not_told_among_the_results() -> None:
    got = shell('"$PYTHON" -m sim run 2>&-')
    assert (got.returncode, got.stdout) == (2, "")


def test_a_compiling_note_that_nobody_can_read_does_not_stop_the_run() -> None:
    note = "import sim.engine.compiled as c; c.needs_compiling = lambda: True; import sim.cli.main as m"
    line = f"{note}; raise SystemExit(m.main(['run', '-', '--format', 'json']))"
    got = shell(
        f"""printf 'format = 1\\nweeks = 3\\n' | "$PYTHON" -c "{line}" 2> >(exec <&-; sleep 1)"""
    )
    assert got.returncode == 0
    assert json.loads(got.stdout)["outcomes"]


def test_a_directory_is_not_written_as_a_file(
    document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", str(document), "--out", f"{tmp_path}/new/"]) == 2
    assert "Is a directory" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["scenario.toml"]


def test_an_empty_name_of_a_document_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", ""]) == 2
    assert "the path is empty" in capsys.readouterr().err


def test_a_result_is_not_written_over_its_own_document(
    document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to(document)
    assert main(["run", str(document), "--out", str(link)]) == 2
    assert "it is the document that was read" in capsys.readouterr().err
    assert document.read_text(encoding="utf-8") == DOCUMENT
