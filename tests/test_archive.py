"""Links and documents of every format that was ever given out still say what they said."""

from pathlib import Path

import pytest

from sim.documents.token import decode
from sim.documents.toml_document import parse, write
from sim.ui.compare_set import take_written
from sim.ui.visit import Visit

FOLDER = Path(__file__).parent / "archive"
LINKS = dict(line.split() for line in (FOLDER / "links.txt").read_text("utf-8").splitlines())
# A case whose numbers were mended since is said to have changed; what the link carries is there.
EXPECTED = {"case_changed"}


def document(name: str) -> str:
    return (FOLDER / f"{name}.toml").read_text("utf-8")


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
