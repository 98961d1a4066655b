"""Whatever comes in is read or refused: with its place, with what is legal, all at once."""

import errno
import os
import random
import sys
import time
import tomllib
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.documents.guard import require_shallow
from sim.documents.limits import MOST_BYTES, MOST_FAULTS
from sim.documents.toml_document import parse, read, write
from sim.errors import Refused, TooLarge
from sim.scenario import Scenario, faults_of
from sim.shown import one_line, shown
from sim.text import words_of
from tests.scenarios import scenarios

MOVE = 'week = 1\nsurfaces = ["live"]\npartners = ["saas"]\nopenness = 0.0\n'


def faults(text: str | bytes) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as caught:
        parse(text)
    assert all(str(fault) for fault in caught.value.faults)
    return [(fault.kind, fault.place) for fault in caught.value.faults]


def result(raw: str | bytes) -> Scenario | Refused:
    """What a document comes to, or its refusal."""
    try:
        return parse(raw)
    except Refused as refused:
        return refused


def said(text: str) -> str:
    with pytest.raises(Refused) as caught:
        parse(text)
    return str(caught.value)


ONE_FAULT = {
    "world.gmvv = 1": ("unknown_id", "world.gmvv"),
    "wrold = 1": ("unknown_id", "wrold"),
    "policy.cares = 1": ("unknown_id", "policy.cares"),
    "world.openness = 1": ("misplaced", "world.openness"),
    "world = 3": ("wrong_type", "world"),
    "[[world]]\ngmv = 1": ("wrong_type", "world"),
    "policy = []": ("wrong_type", "policy"),
    "name = 3": ("wrong_type", "name"),
    "note = [1]": ("wrong_type", "note"),
    "case = true": ("wrong_type", "case"),
    'case = "kuaishou"': ("unknown_id", "case.kuaishou"),
    'case = "../catalogue"': ("unknown_id", 'case."../catalogue"'),
    "weeks = 0": ("not_whole", "weeks"),
    "weeks = 1041": ("not_whole", "weeks"),
    "weeks = 52.0": ("not_whole", "weeks"),
    "weeks = true": ("not_whole", "weeks"),
    'weeks = "52"': ("not_whole", "weeks"),
    "weeks = nan": ("not_whole", "weeks"),
    "world.diversion = true": ("not_a_number", "world.diversion"),
    'world.diversion = "0.5"': ("not_a_number", "world.diversion"),
    "world.diversion = [0.5]": ("not_a_number", "world.diversion"),
    "world.diversion = { live = 0.5 }": ("not_a_number", "world.diversion"),
    "world.diversion = 2020-01-01": ("not_a_number", "world.diversion"),
    "world.diversion = 1.0000001": ("out_of_range", "world.diversion"),
    "world.diversion = -1e-300": ("out_of_range", "world.diversion"),
    "world.diversion = 1e400": ("not_finite", "world.diversion"),
    "world.diversion = inf": ("not_finite", "world.diversion"),
    "world.diversion = -inf": ("not_finite", "world.diversion"),
    "world.diversion = nan": ("not_finite", "world.diversion"),
    f"world.gmv = 1{'0' * 400}": ("out_of_range", "world.gmv"),
    f"world.gmv = -1{'0' * 4000}": ("out_of_range", "world.gmv"),
    f"world.gmv = 0x{'f' * 100_000}": ("out_of_range", "world.gmv"),
    f"weeks = 0x{'f' * 100_000}": ("not_whole", "weeks"),
    f"format = 0x{'f' * 100_000}": ("newer_format", "format"),
    f"world.gmv = 1{'0' * 5000}": ("not_toml", ""),
    "world.start_week = 1.0": ("not_whole", "world.start_week"),
    "world.start_week = 52": ("not_whole", "world.start_week"),
    "world.churn = 0.1": ("wrong_type", "world.churn"),
    "world.churn = [0.1, 0.2]": ("wrong_length", "world.churn"),
    "world.churn = [0.1, 0.2, true]": ("not_a_number", "world.churn.fan"),
    "world.churn = [0.1, 0.2, 9]": ("out_of_range", "world.churn.fan"),
    "world.churn = { fans = 0.1 }": ("unknown_id", "world.churn.fans"),
    "world.churn.fan.x = 0.1": ("not_a_number", "world.churn.fan"),
    "world.season = [1.0]": ("wrong_length", "world.season"),
    "world.surface_split = { live = 0.2 }": ("sum_not_one", "world.surface_split"),
    "world.surface_split = [0.5, 0.3, 0.3]": ("sum_not_one", "world.surface_split"),
    "policy.guarantee_target = 97": ("out_of_range", "policy.guarantee_target"),
    'policy.guarantee_target = "now"': ("wrong_type", "policy.guarantee_target"),
    "policy.gmv = 1": ("misplaced", "policy.gmv"),
    "care = 1": ("misplaced", "care"),
    "world.weeks = 1": ("misplaced_top", "world.weeks"),
    "weeks = null": ("no_null", ""),
    "format = 0": ("wrong_type", "format"),
    'policy.care = "as_now"': ("not_a_number", "policy.care"),
    "policy.programme_week = 0.5": ("not_whole", "policy.programme_week"),
    "policy.moves = 3": ("wrong_type", "policy.moves"),
    "policy.moves = [3]": ("wrong_type", "policy.moves[0]"),
    "policy.moves = {}": ("wrong_type", "policy.moves"),
    f"[[policy.moves]]\n{MOVE}colour = 1": ("unknown_id", "policy.moves[0].colour"),
    f"[[policy.moves]]\n{MOVE}fee = 1.5": ("out_of_range", "policy.moves[0].fee"),
    f"[[policy.moves]]\n{MOVE}ramp_weeks = -1": ("not_whole", "policy.moves[0].ramp_weeks"),
    "[[policy.moves]]\n" + MOVE.replace("live", "radio"): (
        "unknown_id", "policy.moves[0].surfaces.radio"
    ),
    "[[policy.moves]]\n" + MOVE.replace("saas", "live"): (
        "unknown_id", "policy.moves[0].partners.live"
    ),
    "[[policy.moves]]\n" + MOVE.replace('["live"]', '"live"'): (
        "wrong_type", "policy.moves[0].surfaces"
    ),
    "[[policy.moves]]\n" + MOVE.replace('["live"]', "[]"): (
        "missing", "policy.moves[0].surfaces"
    ),
    "[[policy.moves]]\n" + MOVE.replace('["live"]', "[1]"): (
        "wrong_type", "policy.moves[0].surfaces"
    ),
    "[[policy.moves]]\n" + MOVE.replace('"live"', '"live", ' * 17): (
        "too_many", "policy.moves[0].surfaces"
    ),
    "[[policy.moves]]\n" + MOVE.replace("openness = 0.0\n", ""): (
        "empty_move", "policy.moves[0]"
    ),
    "[[policy.moves]]\n" + MOVE.replace("week = 1", "week = 1.5"): (
        "not_whole", "policy.moves[0].week"
    ),
    "[[policy.moves]]\n" + MOVE.replace("openness = 0.0", "openness = nan"): (
        "not_finite", "policy.moves[0].openness"
    ),
    f"[[policy.moves]]\n{MOVE}" * 201: ("too_many", "policy.moves"),
    f'name = "{"x" * 201}"': ("too_long", "name"),
    f'note = "{"x" * 10_001}"': ("too_long", "note"),
    "= 1": ("toml_line", ""),
    "weeks = 1\nweeks = 1": ("toml_twice", ""),
    "weeks = 012": ("toml_value", ""),
    'name = "\x1b[31m"': ("toml_escape", ""),
    'name = "open': ("toml_open_text", ""),
    "world.gmv = 9999-99-99": ("toml_value", ""),
    "weeks = 10%": ("toml_value", ""),
    "weeks = ": ("toml_value", ""),
    "x = [1,2": ("toml_open_bracket", ""),
    "[world": ("toml_open_bracket", ""),
    "name = 'a\nb'": ("toml_open_text", ""),
    'name = """a': ("toml_open_text", ""),
    'name = "\\q"': ("toml_escape", ""),
    "weeks 104": ("toml_line", ""),
    "[world]\n[world]": ("toml_twice", ""),
}  # fmt: skip


@pytest.mark.parametrize(("text", "fault"), ONE_FAULT.items(), ids=range(len(ONE_FAULT)))
def test_one_fault_is_named_once_with_its_place(text: str, fault: tuple[str, str]) -> None:
    document = text if text.startswith("format") else f"format = 1\n{text}"
    assert faults(document) == [fault]


def test_every_fault_is_told_at_once() -> None:
    text = """
    nome = "x"
    weeks = 1.5
    world = { diversion = 2, gmv = true, churn = { fan = -1, fans = 0 } }
    policy = { care = nan, moves = [{ week = -1, surfaces = ["radio"], fee = 2 }, 7] }
    """
    assert faults(text) == [
        ("missing", "format"),
        ("unknown_id", "nome"),
        ("not_whole", "weeks"),
        ("out_of_range", "world.diversion"),
        ("not_a_number", "world.gmv"),
        ("unknown_id", "world.churn.fans"),
        ("out_of_range", "world.churn.fan"),
        ("not_finite", "policy.care"),
        ("not_whole", "policy.moves[0].week"),
        ("unknown_id", "policy.moves[0].surfaces.radio"),
        ("out_of_range", "policy.moves[0].fee"),
        ("missing", "policy.moves[0].partners"),
        ("wrong_type", "policy.moves[1]"),
    ]


def test_a_fault_says_place_limits_unit_and_what_was_got() -> None:
    assert said("format = 1\nworld.blame = 1.4") == (
        "`world.blame` must lie between 0 and 1 (share); got 1.4."
    )


def test_an_unknown_name_lists_near_ones() -> None:
    assert "Did you mean diversion," in said("format = 1\nworld.divertion = 0.5")
    assert "Did you mean live?" in said(
        "format = 1\n[[policy.moves]]\n" + MOVE.replace('"live"', '"livee"')
    )


def test_shares_of_an_unknown_case_are_not_summed() -> None:
    text = 'format = 1\ncase = "nowhere"\nworld.surface_split = { live = 0.2 }\nworld.blame = 2'
    assert faults(text) == [("unknown_id", "case.nowhere"), ("out_of_range", "world.blame")]


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", b"", b"\xef\xbb\xbf"])
def test_an_empty_document_lacks_its_format(text: str | bytes) -> None:
    assert faults(text) == [("missing", "format")]


@pytest.mark.parametrize(
    "raw",
    [
        b"format = 1\nname = '\xff'",
        "format = 1\nname = '快'".encode("gbk"),
        "format = 1".encode("utf-16"),
        "name = '\ud800'",
        b"\x89PNG\r\n\x1a\n",
    ],
)
def test_what_is_not_utf_8_text_is_refused(raw: str | bytes) -> None:
    assert faults(raw) == [("not_text", "")]


@pytest.mark.parametrize("raw", [b"format = 1\0", "format = 1\0", "format = 1".encode("utf-16-le")])
def test_a_nul_is_called_a_nul(raw: str | bytes) -> None:
    assert faults(raw) == [("holds_nul", "")]


SAID = {
    b"format = 1\nname = '\xff'": "0xff at position 19. Save it as UTF-8.",
    b"format = 1\0": "a NUL at position 10,",
    "format = 0": "`format` must be 1; got 0.",
    "format = 1\n[[world]]\ngmv = 1": "`world` must be [world]; got [[world]].",
    "format = 1\n[policy.moves]\nweek = 1": "must be [[policy.moves]]; got [policy.moves].",
    "format = 1\n[world]\ncare = 1": "`world.care` does not belong here: put `care` under [policy].",
    "format = 1\n[policy]\nblame = 1": "put `blame` under [world].",
    "format = 1\n[policy]\nguarantee = 1": "under [world]. Did you mean guarantee_target?",
    "format = 1\n[policy]\nfee = 1": "put `fee` under [[policy.moves]].",
    "format = 1\n[world]\nname = 'x'": "put `name` above the first table.",
    "format = 1\nWEEKS = 1": "Did you mean weeks?",
    "format = 1\npolicy.brand_target = 'now'": 'must be 0 … 1 / "as_now"; got "now".',
    "format = 1\n[[policy.moves]]\nweek = null": "line 3: TOML has no `null`;",
    '{"format": 1, "weeks": null}': "looks like JSON",
    'format = 1\nname = "= null \\q"': "line 2: this text holds a backslash, which is written twice,",
    "format = 1\nx = [1,\n2\n\n": "line 3: a bracket is not closed: 2",
    f"format = 1\n[[policy.moves]]\n{MOVE[9:]}": "`policy.moves[0].week` is missing; it takes 0 … 5200.",
    "format = 1\nweeks = 012\n": "line 2: a value is missing or not as TOML writes it; ",
}


@pytest.mark.parametrize("raw", SAID, ids=range(len(SAID)))
def test_a_refusal_says_what_was_probably_meant(raw: str | bytes) -> None:
    with pytest.raises(Refused) as caught:
        parse(raw)
    assert SAID[raw] in str(caught.value)
    zh = words_of("zh")
    assert not [fault for fault in caught.value.faults if zh.fault(fault) == str(fault)]


def test_a_format_that_never_was_hides_no_other_fault() -> None:
    assert faults("format = 0\nweeks = 0") == [("wrong_type", "format"), ("not_whole", "weeks")]


@pytest.mark.parametrize("raw", [b"#" * (MOST_BYTES + 1), "快" * (MOST_BYTES // 2), "é" * 10**7])
def test_a_document_over_the_size_is_refused(raw: str | bytes) -> None:
    assert faults(raw) == [("too_large", "")]
    assert parse("format = 1\n" + "#" * (MOST_BYTES - 11)).weeks == 104


BOMBS = [
    "x = " + "[" * 100_000,
    "x = " + "[" * 17 + "]" * 17,
    "x = " + "{a=" * 50_000,
    "x = " + "[{a=" * 40_000,
    "x" + ".x" * 100_000 + " = 1",
    "[" + "x." * 100_000 + "x]",
    'x = "]" # ]\n' + "y = " + "[" * 20,
    "x = ']'\ny = " + "[" * 20,
    'x = """]"""\ny = ' + "[" * 20,
    'x = """a"""""\ny = ' + "[" * 20,
    "x = '''\n]''''\ny = " + "[" * 20,
    'x = "\\"]"\ny = ' + "[" * 20,
    "\n".join(f"k{n} = 1" for n in range(6_000)),
    "[[policy.moves]]\n" * 10_000,
    "x = [" + "{}," * 6_000 + "]",
]


@pytest.mark.parametrize("bomb", BOMBS, ids=range(len(BOMBS)))
def test_a_bomb_is_refused_in_no_time(bomb: str) -> None:
    start = time.process_time()
    with pytest.raises(TooLarge):
        parse(f"format = 1\n{bomb}")
    assert time.process_time() - start < 1.0


SLOW = [
    'x = "' + "a" * 250_000 + '"',
    'x = "' + "\\" * 250_000 + '"',
    "x = " + '"' * 250_000,
    "x = '''" + "''a" * 80_000,
    'x = """' + '""a' * 80_000,
    "x = " + "'" * 250_000,
    "x = [" + "1," * 120_000 + "]",
    "x = " + "1." * 120_000,
    "x = " + "1_" * 120_000,
    " " * 250_000 + "x = 1",
    "\n" * 250_000 + "x = 1",
    "#\n" * 125_000 + "x = 1",
    "x = [" + "#\n" * 120_000,
    "\n".join(f"[[a{n % 7}]]" for n in range(1_600)),
    "\n".join(f"k{n} = 1" for n in range(4_900)),
    "world." + "g" * 250_000 + " = 1",
]


@pytest.mark.parametrize("text", SLOW, ids=range(len(SLOW)))
def test_no_legal_size_takes_long(text: str) -> None:
    start = time.process_time()
    with pytest.raises(Refused):
        parse(f"format = 1\n{text}")
    assert time.process_time() - start < 2.0


def test_brackets_in_strings_and_comments_are_not_depth() -> None:
    note = "[" * 50 + "." * 50
    for quote in ('"', "'", '"""', "'''"):
        assert parse(f"format = 1 # {note}\nnote = {quote}{note}{quote}").note == note


def test_many_faults_are_counted_and_not_all_told() -> None:
    found = faults("format = 1\n" + "\n".join(f"k{n} = 1" for n in range(150)))
    assert len(found) == MOST_FAULTS + 1
    assert found[-1] == ("more_faults", "")


def test_what_was_got_is_shown_on_one_short_line() -> None:
    message = said('format = 1\n"a\\u001b[31m\\n' + "b" * 5000 + '" = 1')
    assert len(message) < 400
    assert message.isprintable()
    assert shown("x" * 5000) == f'"{"x" * 79}…'
    assert one_line("a\nb") == "a\N{REPLACEMENT CHARACTER}b"


def unreadable(path: Path | str) -> str:
    with pytest.raises(Refused) as caught:
        read(path)
    assert [fault.kind for fault in caught.value.faults] == ["unreadable"]
    return str(caught.value)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    assert "No such file" in unreadable(tmp_path / "nowhere.toml")
    assert "directory" in unreadable(tmp_path)
    assert unreadable("a\0b")
    assert unreadable("x" * 5000)


def test_a_locked_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> None:
        # Raised and not arranged with chmod, since root reads everything.
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "open", locked)
    assert "Permission denied" in unreadable("locked.toml")


def test_a_device_without_end_is_refused() -> None:
    with pytest.raises(TooLarge, match="too large: > 262,144 bytes; at most 262,144 bytes"):
        read("/dev/zero")


def test_standard_input_is_read_and_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(b"format = 1\nweeks = 7")))
    assert read("-").weeks == 7
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(b"#" * 10**7)))
    with pytest.raises(TooLarge):
        read("-")


PIECES = ["[", "]", "{", "}", "=", ".", ",", '"', "'", "\n", "#", "1", "-", "nan", "1e999", "\\"]
PIECES += ["world", "policy", "moves", "gmv", "churn", "live", '"""', "'''", "true", "[[", "]]"]
PIECES += ["format = 1\n", "weeks", "case", '"kuaishou-2021"', " ", "0x", "as_now", "é", "\r"]


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PIECES)).map("".join) | st.text() | st.binary())
def test_anything_at_all_is_read_or_refused(raw: str | bytes) -> None:
    found = result(raw)
    if isinstance(found, Scenario):
        assert faults_of(found) == ()
    else:
        assert str(found)


@settings(max_examples=200, deadline=None)
@given(scenarios(), st.randoms(use_true_random=False))
def test_a_spoilt_document_is_read_or_refused(scenario: Scenario, chance: random.Random) -> None:
    text = write(scenario)
    for _ in range(3):
        at = chance.randrange(len(text))
        text = text[:at] + chance.choice(PIECES) + text[at + chance.randrange(3) :]
    found = result(text)
    if isinstance(found, Scenario):
        assert faults_of(found) == ()
    else:
        assert str(found)


DEEP = ["[" * 2000, "{a=" * 2000, "[{a=" * 2000]
SIGNS = ["[", "]", "{", "}", "=", ".", ",", '"', "'", '"""', "'''", "\n", "#", "\\", "a", "x = "]


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(SIGNS), max_size=6), st.sampled_from(DEEP))
def test_what_the_guard_lets_through_does_not_overflow_the_parser(
    before: list[str], deep: str
) -> None:
    text = "".join(before) + "\nx = " + deep
    try:
        require_shallow(text)
    except TooLarge:
        return
    # Broken before the depth, or the depth is in a string: never a RecursionError.
    with pytest.raises(tomllib.TOMLDecodeError):
        tomllib.loads(f"{text}\n=")


def test_a_move_without_its_week_is_refused_and_does_not_begin_in_week_0() -> None:
    undated = (
        'format = 1\n[[policy.moves]]\nsurfaces = ["live"]\npartners = ["saas"]\nopenness = 0.0\n'
    )
    with pytest.raises(Refused, match=r"`policy\.moves\[0\]\.week` is missing"):
        parse(undated)
