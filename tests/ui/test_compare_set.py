"""The set of scenarios: put in, taken out, renamed, and carried by an address."""

from dataclasses import replace
from io import BytesIO
from urllib.parse import parse_qsl, urlencode
from zipfile import ZipFile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.analyses.side_by_side import MOST
from sim.cases.catalogue import case, case_ids
from sim.documents.token import encode
from sim.scenario import Scenario
from sim.text import words_of
from sim.ui import address, compare_set
from sim.ui.compare_set import Added
from sim.ui.link import first_scenario
from sim.ui.share.share import bundle, file_name, take
from sim.ui.visit import Visit

CASES = [case(name).scenario for name in case_ids()]


def visit(*others: Scenario) -> Visit:
    found = Visit(scenario=first_scenario())
    compare_set.add(found, others)
    return found


def carried(one: Visit) -> Visit:
    other = Visit(scenario=one.scenario)
    assert compare_set.take_written(other, compare_set.written(one)) == ()
    return other


def test_eight_have_room_and_no_scenario_is_in_it_twice() -> None:
    found = visit(*CASES[1:4], CASES[1])
    assert found.compared == tuple(CASES[1:4])
    added = compare_set.add(found, [replace(CASES[0], weeks=weeks) for weeks in range(20, 30)])
    assert len(found.lineup) == MOST
    assert added == Added(new=MOST - 4, known=0, left=10 - (MOST - 4))
    again = compare_set.add(found, [CASES[2], CASES[0]])
    assert again == Added(new=0, known=1, left=1)


def test_an_address_carries_the_whole_set_and_the_reference() -> None:
    found = visit(CASES[1], replace(CASES[2], name="另一个", weeks=50))
    found.against = 2
    other = carried(found)
    assert other.compared == found.compared
    assert other.against == 2
    assert compare_set.written(visit()) is None
    only = visit()
    only.against = 0
    assert carried(only).against == 0


def test_what_is_damaged_is_said_and_the_rest_is_kept() -> None:
    found = Visit(scenario=first_scenario())
    sound, cut = encode(CASES[1]), encode(CASES[2])[:-3]
    faults = compare_set.take_written(found, f"7!{sound}~{cut}~nonsense")
    assert CASES[1] in found.compared
    assert {"no_reference"} < {fault.kind for fault in faults}
    assert found.against is None


def test_a_link_that_is_cut_off_anywhere_says_so_or_carries_all() -> None:
    sender = visit(CASES[1], replace(CASES[2], name="另一个", weeks=50), CASES[3])
    sender.scenario = replace(first_scenario(), weeks=70)
    whole = urlencode({"n": "3", "s": encode(sender.scenario), "c": compare_set.written(sender)})
    for end in range(1, len(whole)):
        said = dict(parse_qsl(whole[:end], keep_blank_values=True))
        found = Visit(scenario=first_scenario())
        _, faults = address.read_token(said.get("s"))
        faults += compare_set.take_written(found, said.get("c"), said.get("n"))
        faults += address._empty(said.get("s"), said.get("c"))
        assert faults, whole[:end]
        assert set(found.compared) <= {*sender.compared, *found.compared[-1:]}
    said = dict(parse_qsl(whole))
    assert compare_set.take_written(found, said["c"], said["n"]) == ()
    assert found.compared == sender.compared


def test_a_count_that_is_none_is_said_and_links_of_before_have_none() -> None:
    found = visit()
    for count in ("2", "x", "", "1" * 5000):
        faults = compare_set.take_written(found, encode(CASES[1]), count)
        assert [fault.kind for fault in faults] == ["set_cut"]
        assert len(str(faults[0])) < 300
        assert found.compared == (CASES[1],)
    assert compare_set.take_written(found, encode(CASES[1])) == ()
    assert [fault.kind for fault in compare_set.take_written(found, None, "1")] == ["set_cut"]


def test_scenarios_that_are_alike_keep_their_places_in_a_link() -> None:
    found = visit(CASES[1], CASES[2])
    found.compared, found.against = (CASES[1], CASES[1], CASES[2]), 3
    other = carried(found)
    assert other.compared == found.compared
    assert other.against == 3


def test_what_does_not_fit_in_a_link_is_counted_and_the_link_stays_readable() -> None:
    rng = np.random.default_rng(7)
    long = ["".join(map(chr, rng.integers(0x4E00, 0x9FA5, 2_000))) for _ in range(7)]
    found = visit(*(replace(CASES[1], name=str(at), note=note) for at, note in enumerate(long)))
    text = compare_set.written(found)
    left = compare_set.left_behind(found)
    assert text is not None
    assert len(text) <= 15_000
    assert 0 < left < 7
    other = Visit(scenario=found.scenario)
    faults = compare_set.take_written(other, text, "7")
    assert [fault.kind for fault in faults] == ["set_cut"]
    assert other.compared == found.compared[: 7 - left]
    assert compare_set.left_behind(other) == 0


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.text(max_size=80))
def test_no_text_in_the_address_does_harm(text: str) -> None:
    found = Visit(scenario=first_scenario())
    faults = compare_set.take_written(found, text)
    assert found.compared or found.against == 0 or faults or not text.strip("~")
    assert found.scenario == first_scenario()


def test_too_long_a_set_is_refused_and_too_many_are_left_out() -> None:
    found = Visit(scenario=first_scenario())
    assert compare_set.take_written(found, "1" * 40_000)[0].kind == "long_link"
    many = "~".join(encode(replace(CASES[0], weeks=weeks)) for weeks in range(20, 30))
    faults = compare_set.take_written(found, many)
    assert len(found.lineup) == MOST
    assert [fault.kind for fault in faults] == ["set_full"]


def test_the_reference_stays_the_same_scenario_when_another_is_taken_out() -> None:
    found = visit(*CASES[1:4])
    found.against = 3
    compare_set.take_out(found, 0)
    assert found.lineup[found.against] == CASES[3]
    compare_set.take_out(found, 1)
    assert found.against is None


def test_what_is_done_to_one_that_is_gone_does_nothing() -> None:
    found = visit(CASES[1])
    found.against = 1
    for done in (
        lambda: compare_set.take_out(found, 1),
        lambda: compare_set.open_one(found, 1),
        lambda: compare_set.rename(found, 2, "gone"),
    ):
        done()
        assert (found.scenario, found.compared, found.against) == (CASES[0], (CASES[1],), 1)


def test_opening_one_changes_places_and_can_be_undone() -> None:
    found = visit(CASES[1], CASES[2])
    compare_set.open_one(found, 1)
    assert found.scenario == CASES[2]
    assert found.compared == (CASES[1], CASES[0])
    found.undo()
    assert found.scenario == CASES[0]


def test_a_name_is_the_scenarios_own_and_has_its_limits() -> None:
    found = visit(CASES[1])
    assert compare_set.rename(found, 1, "晚一年再断") == ()
    assert found.compared[0].name == "晚一年再断"
    assert [fault.kind for fault in compare_set.rename(found, 1, "x" * 300)] == ["too_long"]
    compare_set.rename(found, 0, "Mine")
    assert found.scenario.name == "Mine"
    assert len(found.past) == 1


def documents(*texts: str) -> list[tuple[str, bytes]]:
    return [(f"file {at}.toml", text.encode()) for at, text in enumerate(texts)]


GOOD = 'format = 1\ncase = "kuaishou-2021"\nweeks = 50\n'


def test_one_file_is_opened_and_several_are_compared() -> None:
    found = visit()
    take(found, documents(GOOD))
    assert found.scenario.weeks == 50
    assert found.files_opened
    assert len(found.past) == 1
    take(found, documents(GOOD.replace("50", "60"), GOOD.replace("50", "70")))
    assert [each.weeks for each in found.compared] == [60, 70]
    assert (found.files_added, found.files_known) == (2, 0)
    take(found, documents(GOOD.replace("50", "60"), GOOD.replace("50", "80")))
    assert [each.weeks for each in found.compared] == [60, 70, 80]
    assert (found.files_added, found.files_known) == (1, 1)


def test_of_several_files_the_sound_ones_come_in_and_the_others_are_explained() -> None:
    found = visit()
    take(found, documents(GOOD, "format = 1\n[world]\nblame = 7\n", "\0", "{}"))
    assert len(found.compared) == 1
    assert {name for name, _ in found.file_faults} == {"file 1.toml", "file 2.toml", "file 3.toml"}
    strange = {
        "empty": b" \n",
        "picture": b"\x89PNG\r\n\0",
        "utf-16": "格式".encode("utf-16"),
        "gbk": b"\xb8\xf1",
        "nul": b"format = 1\0",
    }
    take(found, list(strange.items()))
    assert {name: fault.kind for name, fault in found.file_faults} == {
        "empty": "empty_file",
        "picture": "no_document",
        "utf-16": "not_text",
        "gbk": "not_text",
        "nul": "holds_nul",
    }
    take(found, [("a`b\n.toml", b"nonsense")])
    assert found.file_faults[0][0] == "ab.toml"
    assert found.scenario == first_scenario()


def test_all_that_are_compared_leave_in_one_archive_and_come_back() -> None:
    found = visit(
        CASES[1], replace(CASES[1], name="../断链?", weeks=50), replace(CASES[2], name="")
    )
    with ZipFile(BytesIO(bundle(found, words_of("zh")))) as archive:
        files = [(name, archive.read(name)) for name in archive.namelist()]
    assert [name[:2] for name, _ in files] == ["1-", "2-", "3-", "4-"]
    assert files[2][0] == "3-断链.toml"
    other = visit()
    take(other, files)
    assert other.compared == found.lineup


def test_files_without_room_are_counted() -> None:
    found = visit()
    take(found, documents(*(GOOD.replace("50", str(weeks)) for weeks in range(30, 42))))
    assert len(found.lineup) == MOST
    assert found.files_left == 12 - (MOST - 1)


@pytest.mark.parametrize("name", ["a/b: c", "..", "断链 & 信任", "x" * 300])
def test_every_name_makes_a_name_of_a_file(name: str) -> None:
    found = file_name(Scenario(name=name), words_of("zh"))
    assert found.endswith(".toml")
    assert len(found) <= 85
    assert not set(found) & set('/\\:*?"<>| ')
    assert not found.startswith(".")
