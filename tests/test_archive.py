"""Links and documents of every format that was ever given out still say what they said."""

import tomllib
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from sim.documents.migrations import FORMAT
from sim.documents.token import decode
from sim.documents.token_codes import VERSION
from sim.documents.toml_document import parse, write
from sim.store.people import opened_by
from sim.ui.address import ROUND, SHARED, read_token
from sim.ui.compare_set import take_written
from sim.ui.visit import Visit

FOLDER = Path(__file__).parent / "archive"
LINKS = dict(line.split() for line in (FOLDER / "links.txt").read_text("utf-8").splitlines())
ADDRESSES = dict(
    line.split() for line in (FOLDER / "addresses.txt").read_text("utf-8").splitlines()
)
# A case whose numbers were mended since is said to have changed; what the link carries is there.
EXPECTED = {"case_changed"}


def document(name: str) -> str:
    return (FOLDER / f"{name}.toml").read_text("utf-8")


def test_every_format_that_was_ever_written_is_in_the_archive() -> None:
    formats = {tomllib.loads(document(name))["format"] for name in LINKS}
    assert formats == set(range(1, FORMAT + 1))
    assert {token[0] for token in LINKS.values()} == {*map(str, range(1, int(VERSION) + 1))}


@pytest.mark.parametrize("name", ["compared", "counted"])
def test_an_old_address_carries_its_comparison(name: str) -> None:
    said = dict(parse_qsl(ADDRESSES[name]))
    visit = Visit(scenario=read_token(said["s"])[0])
    assert write(visit.scenario) == document("later-cut")
    faults = take_written(visit, said["c"], said.get("n"))
    assert {fault.kind for fault in faults} <= EXPECTED
    assert [write(each) for each in visit.compared] == [
        document("bare-case"),
        document("twenty-numbers"),
    ]
    assert visit.against == 2


@pytest.mark.parametrize("name", ["shared", "round"])
def test_an_old_link_to_the_library_is_one(name: str) -> None:
    parameter = {"shared": SHARED, "round": ROUND}[name]
    said = dict(parse_qsl(ADDRESSES[name]))
    assert opened_by(said[parameter]) == "q1w2E3r4T5y6U7i8O9p0Aa"


def test_every_document_has_its_link() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(LINKS)


@pytest.mark.parametrize("name", LINKS)
def test_an_old_document_is_read_and_written_again_as_it_was(name: str) -> None:
    assert write(parse(document(name))) == document(name)


@pytest.mark.parametrize("name", LINKS)
def test_an_old_link_carries_what_its_document_says(name: str) -> None:
    found = decode(LINKS[name])
    assert {fault.kind for fault in found.notices} <= EXPECTED
    assert write(found.scenario) == document(name)


def test_an_old_comparison_carries_all_its_scenarios() -> None:
    visit = Visit(scenario=decode(LINKS["bare-case"]).scenario)
    faults = take_written(visit, "2!" + "~".join(LINKS[name] for name in LINKS))
    assert {fault.kind for fault in faults} <= EXPECTED
    assert [write(each) for each in visit.compared] == [document(name) for name in LINKS]
    assert visit.against == 2
