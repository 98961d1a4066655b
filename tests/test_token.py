"""Links: short, exact, versioned, and honest about damage."""

import base64
import hashlib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sim.cases.catalogue import case, case_ids
from sim.documents import token as token_module
from sim.documents.limits import MOST_FAULTS
from sim.documents.token import LONGEST, Decoded, decode, encode
from sim.documents.token_bytes import (
    Cursor,
    Damaged,
    number_bytes,
    part_bytes,
    text_bytes,
    text_of_bytes,
    varint_bytes,
)
from sim.documents.token_codes import (
    CASE_CODES,
    PARAMETER_CODES,
    PARTNER_CODES,
    SURFACE_CODES,
    VERSION,
)
from sim.documents.token_write import Tag, base_fingerprint, codes
from sim.errors import Fault, Refused, TooLarge
from sim.policy import Move, Policy, policy_declarations
from sim.scenario import TEXT_LIMITS, Scenario, faults_of
from sim.sets import PARTNERS, SURFACES
from sim.text import words_of
from sim.world import world_declarations
from tests.scenarios import scenarios

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def kinds(decoded: Decoded) -> list[str]:
    return [fault.kind for fault in decoded.notices]


def result(token: str) -> Decoded | tuple[Fault, ...]:
    """What a token decodes to, or why it is refused."""
    try:
        return decode(token)
    except Refused as refused:
        return refused.faults


def token_of(*parts: tuple[int, bytes]) -> str:
    """A token with right checksums around any bytes at all."""
    data = b"".join(part_bytes(index, *part) for index, part in enumerate(parts))
    return VERSION + base64.urlsafe_b64encode(data).decode().rstrip("=")


def head(*, parts: int, case_bytes: bytes = b"\0", weeks: int = 0, moves: int = 0) -> bytes:
    mark = base_fingerprint(Scenario(), len(PARAMETER_CODES))
    known = varint_bytes(len(PARAMETER_CODES))
    ends = varint_bytes(weeks) + varint_bytes(moves)
    return varint_bytes(parts) + known + mark + case_bytes + ends


def code_of(place: str) -> bytes:
    found = [n for n, code in enumerate(codes()) if f"{code.table}.{code.id}" == place]
    return varint_bytes(found[0])


def with_values(scenario: Scenario, **values: Any) -> Scenario:
    return replace(scenario, world=scenario.world.with_values(values))


@settings(max_examples=300, deadline=None)
@given(scenarios())
def test_a_link_brings_back_the_scenario_exactly(scenario: Scenario) -> None:
    assert decode(encode(scenario)) == Decoded(scenario=scenario, notices=())


@settings(deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**16), 10**16))
@example(5e-324)
@example(1.7976931348623157e308)
@example(0.1 + 0.2)
def test_every_number_is_carried_to_the_last_bit(number: float) -> None:
    found = Cursor(number_bytes(number)).number()
    assert found is not None
    assert type(number)(found) == number


# Always the same examples: one in 65,536 damaged parts has a right checksum by chance.
@settings(max_examples=300, deadline=None, derandomize=True)
@given(scenarios(), st.data())
def test_a_damaged_link_gives_a_sound_scenario_or_is_refused(
    scenario: Scenario, data: st.DataObject
) -> None:
    token = encode(scenario)
    cut = data.draw(st.integers(0, len(token)))
    put = data.draw(st.text(LETTERS, max_size=4) | st.text(max_size=4))
    skip = data.draw(st.integers(0, 4))
    damaged = token[:cut] + put + token[cut + skip :]
    found = result(damaged)
    if isinstance(found, Decoded):
        assert faults_of(found.scenario) == ()
        # Nothing is lost in silence; the last letter has bits to spare that say nothing.
        assert found.scenario == scenario or found.notices
    else:
        assert found


@settings(max_examples=300, deadline=None)
@given(st.text() | st.text(LETTERS).map(VERSION.__add__))
def test_any_text_gives_a_sound_scenario_or_is_refused(text: str) -> None:
    found = result(text)
    if isinstance(found, Decoded):
        assert faults_of(found.scenario) == ()
    else:
        assert found


@settings(max_examples=500, deadline=None)
@given(
    st.integers(0, 2**40),
    st.integers(0, 2**40),
    st.lists(st.tuples(st.integers(0, 8), st.binary(max_size=60)), max_size=4),
)
def test_hostile_bytes_with_right_checksums_give_a_sound_scenario(
    weeks: int, moves: int, parts: list[tuple[int, bytes]]
) -> None:
    top = (Tag.HEAD, head(parts=len(parts) + 1, weeks=weeks, moves=moves))
    found = decode(token_of(top, *parts))
    assert faults_of(found.scenario) == ()
    assert all(str(fault) for fault in found.notices)


@settings(deadline=None)
@given(st.binary(max_size=80))
def test_hostile_heads_are_refused_or_give_a_sound_scenario(payload: bytes) -> None:
    found = result(token_of((Tag.HEAD, payload)))
    if isinstance(found, Decoded):
        assert faults_of(found.scenario) == ()
    else:
        assert found


def test_a_case_as_it_is_takes_twenty_letters() -> None:
    for name in case_ids():
        assert len(encode(case(name).scenario)) <= 20


def test_twenty_changed_numbers_take_250_letters() -> None:
    scalars = [
        each
        for each in world_declarations().values()
        if each.has_range and not each.members and not each.whole
    ][:20]
    assert len(scalars) == 20
    values = {each.id: round((2 * each.low[0] + each.high[0]) / 3, 6) for each in scalars}
    assert len(encode(with_values(case("kuaishou-2021").scenario, **values))) < 250


def test_a_cut_link_keeps_what_came_before_the_cut() -> None:
    values = {"gmv": 1.234567890123456e10, "blame": 0.123456789012345, "returns": 0.2109876543210}
    values |= {"remedy": 0.543210987654321, "payout": 0.987654321098765}
    scenario = with_values(case("kuaishou-2021").scenario, **values)
    token = encode(scenario)
    found = decode(token[:-10])
    assert kinds(found) == ["damaged_part"]
    assert found.scenario.world.demand.gmv == values["gmv"]
    assert found.scenario.world.money.payout == case("kuaishou-2021").scenario.world.money.payout


def test_damage_in_the_values_leaves_the_name() -> None:
    scenario = replace(with_values(Scenario(), gmv=5e9), name="kept")
    token = encode(scenario)
    spoilt = decode(token[:24] + ("A" if token[24] != "A" else "B") + token[25:])
    assert spoilt.scenario == Scenario(name="kept")
    assert kinds(spoilt) == ["damaged_part"]


@pytest.mark.parametrize("text", ["", "hello", "0AAAA", "?s=1AAAA", "é"])
def test_what_is_no_link_is_refused(text: str) -> None:
    with pytest.raises(Refused) as caught:
        decode(text)
    assert [fault.kind for fault in caught.value.faults] == ["damaged_link"]


@pytest.mark.parametrize("text", [VERSION, VERSION + "AA", encode(Scenario())[:6]])
def test_a_link_without_its_beginning_is_refused(text: str) -> None:
    with pytest.raises(Refused) as caught:
        decode(text)
    assert [fault.kind for fault in caught.value.faults] == ["headless_link"]


def test_a_newer_link_is_refused_with_its_version() -> None:
    with pytest.raises(Refused) as caught:
        decode("2" + encode(Scenario())[1:])
    assert str(caught.value) == "the link is of version 2; this version reads links up to 1."


def test_an_endless_link_is_refused_unread() -> None:
    with pytest.raises(TooLarge) as caught:
        decode(VERSION + "A" * LONGEST)
    assert [fault.kind for fault in caught.value.faults] == ["too_long"]


@pytest.mark.parametrize("junk", [".", ")", " ", "A", "AA", "AAA", "AAAA", "。"])
def test_what_hangs_on_to_a_link_is_noticed(junk: str) -> None:
    scenario = with_values(Scenario(), gmv=5e9)
    found = decode(encode(scenario) + junk)
    assert found.scenario == scenario
    assert kinds(found) == ["surplus_parts"]


def test_a_value_outside_its_limits_stays_as_it_was_and_is_named() -> None:
    values = code_of("world.diversion") + number_bytes(1.5)
    values += code_of("world.blame") + number_bytes(0.5)
    found = decode(token_of((Tag.HEAD, head(parts=2)), (Tag.VALUES, values)))
    assert found.scenario == with_values(Scenario(), blame=0.5)
    assert [(fault.kind, fault.place) for fault in found.notices] == [
        ("out_of_range", "world.diversion")
    ]


def test_shares_that_do_not_sum_to_one_stay_as_they_were() -> None:
    values = code_of("world.surface_split") + varint_bytes(1) + number_bytes(0.5)
    found = decode(token_of((Tag.HEAD, head(parts=2)), (Tag.VALUES, values)))
    assert found.scenario == Scenario()
    assert kinds(found) == ["sum_not_one"]


def test_a_move_that_changes_nothing_is_left_out_and_named() -> None:
    found = decode(token_of((Tag.HEAD, head(parts=2, moves=2)), (Tag.MOVES, bytes([0, 5, 1, 1]))))
    assert found.scenario == Scenario()
    assert [(fault.kind, fault.place) for fault in found.notices] == [
        ("empty_move", "policy.moves[0]")
    ]


def test_a_link_to_an_unknown_case_keeps_its_values() -> None:
    name = b"\x01" + varint_bytes(7) + b"kuaisho"
    values = code_of("world.blame") + number_bytes(0.5)
    found = decode(token_of((Tag.HEAD, head(parts=2, case_bytes=name)), (Tag.VALUES, values)))
    assert found.scenario == with_values(Scenario(), blame=0.5)
    assert [(fault.kind, fault.place) for fault in found.notices] == [
        ("unknown_id", "case.kuaisho")
    ]


def test_a_case_without_a_code_is_written_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.documents.token_write.CASE_CODES", ())
    scenario = case("trust-first").scenario
    assert decode(encode(scenario)) == Decoded(scenario=scenario, notices=())


def test_a_link_says_when_its_case_has_changed_since(monkeypatch: pytest.MonkeyPatch) -> None:
    token = encode(with_values(case("kuaishou-2021").scenario, blame=0.5))
    monkeypatch.setattr(token_module, "_fingerprint", lambda *_: b"??")
    found = decode(token)
    assert found.scenario.world.trust.blame == 0.5
    assert [(fault.kind, fault.place) for fault in found.notices] == [
        ("case_changed", "kuaishou-2021")
    ]


def test_the_fingerprint_of_a_base_changes_with_any_number_of_it() -> None:
    known = len(PARAMETER_CODES)
    bases = [
        Scenario(),
        Scenario(weeks=103),
        with_values(Scenario(), gmv=5e9),
        Scenario(policy=Policy(care=0.1)),
        Scenario(policy=Policy(moves=(Move(surfaces=("live",), partners=("saas",), fee=0.1),))),
    ]
    assert len({base_fingerprint(base, known) for base in bases}) == len(bases)


def test_settings_of_a_later_program_are_left_out_and_said() -> None:
    top = bytearray(head(parts=2))
    top[1] += 1
    values = code_of("world.blame") + number_bytes(0.5)
    values += varint_bytes(len(PARAMETER_CODES)) + b"what may come"
    found = decode(token_of((Tag.HEAD, bytes(top)), (Tag.VALUES, values)))
    assert found.scenario == with_values(Scenario(), blame=0.5)
    assert kinds(found) == ["newer_part"]


FAR = varint_bytes(1 << 5 | 31) + varint_bytes(2 * 10**9)
BLAME = code_of("world.blame") + number_bytes(0.5)
LATER = varint_bytes(len(PARAMETER_CODES))
MOVED = bytes([1, 5, 1, 1]) + number_bytes(0.0)
KEPT = Move(week=5, surfaces=("live",), partners=("marketplace",), openness=0)
# A part with a right checksum, the moves that the head announces, and what must be said of it.
LOST: list[tuple[tuple[int, bytes], int, list[tuple[str, str]]]] = [
    ((Tag.NAME, b"\x00\xff\xfe"), 0, [("strange_part", "name"), ("said_twice", "name")]),
    ((Tag.NAME, b"\x01\xff\xfe"), 0, [("strange_part", "name"), ("said_twice", "name")]),
    ((Tag.NAME, b"\x07name"), 0, [("strange_part", "name"), ("said_twice", "name")]),
    ((Tag.NAME, text_bytes("x" * 201)), 0, [("too_long", "name"), ("said_twice", "name")]),
    ((Tag.NAME, text_bytes("x") + b"?"), 0, [("said_twice", "name")]),
    ((Tag.NOTE, b""), 0, [("strange_part", "note")]),
    ((Tag.NOTE, text_bytes("x" * 10**6)), 0, [("too_long", "note")]),
    ((Tag.NOTE, text_bytes("x" * 100) + b"?"), 0, [("strange_part", "note")]),
    ((Tag.VALUES, code_of("world.gmv") + FAR), 0, [("strange_part", "values")]),
    ((Tag.VALUES, code_of("world.gmv") + b"\xff" * 20), 0, [("strange_part", "values")]),
    ((Tag.VALUES, code_of("world.churn") + b"\x08\x00"), 0, [("unknown_id", 'world.churn."#3"')]),
    ((Tag.VALUES, LATER + BLAME), 0, [("unknown_code", "")]),
    ((Tag.VALUES, BLAME + BLAME), 0, [("said_twice", "world.blame")]),
    ((Tag.MOVES, bytes([1, 5, 8, 1, 0])), 2, [("unknown_id", 'policy.moves[0].surfaces."#3"')]),
    ((Tag.MOVES, bytes([9, 5, 17, *[0] * 17, 1, 0, 0])), 2, [
        ("too_many", "policy.moves[0].surfaces")
    ]),
    ((Tag.MOVES, bytes([9, 5, 1, 7, 1, 0, 0])), 2, [
        ("unknown_id", 'policy.moves[0].surfaces."#7"')
    ]),
    ((Tag.MOVES, bytes([1, 5, 1])), 2, [("strange_part", "moves")]),
    ((Tag.MOVES, MOVED), 0, [("moves_differ", "policy.moves")]),
    ((Tag.MOVES, MOVED), 3, [("moves_differ", "policy.moves")]),
    ((Tag.HEAD, b""), 0, [("strange_part", "head")]),
    ((9, b"what may come"), 0, [("strange_part", "#9")]),
]  # fmt: skip


@pytest.mark.parametrize(("part", "moves", "notices"), LOST, ids=range(len(LOST)))
def test_each_thing_that_is_lost_has_a_notice_of_its_own(
    part: tuple[int, bytes], moves: int, notices: list[tuple[str, str]]
) -> None:
    top = (Tag.HEAD, head(parts=3, moves=moves))
    found = decode(token_of(top, part, (Tag.NAME, b"\x00kept")))
    assert {(fault.kind, fault.place) for fault in found.notices} == set(notices)
    assert found.scenario.name == "kept"
    carried = (KEPT,) if part[1] == MOVED else ()
    assert found.scenario.policy == Policy(moves=carried)
    zh = words_of("zh")
    assert not [fault for fault in found.notices if zh.fault(fault) == str(fault)]


def test_what_follows_the_head_in_its_own_part_is_said() -> None:
    found = decode(token_of((Tag.HEAD, head(parts=1) + b"more")))
    assert [(fault.kind, fault.place) for fault in found.notices] == [("strange_part", "head")]


def test_parts_lost_and_parts_too_many_are_both_said() -> None:
    strange = bytearray(part_bytes(1, Tag.NAME, b"\x00x"))
    strange[-1] ^= 1
    data = part_bytes(0, Tag.HEAD, head(parts=2)) + bytes(strange)
    data += part_bytes(2, Tag.NAME, b"\x00y")
    found = decode(VERSION + base64.urlsafe_b64encode(data).decode().rstrip("="))
    assert kinds(found) == ["damaged_part", "surplus_parts"]


def test_notices_are_counted_and_not_all_told() -> None:
    wrong = code_of("world.blame") + number_bytes(2)
    found = decode(token_of((Tag.HEAD, head(parts=2)), (Tag.VALUES, wrong * 1_000)))
    assert len(found.notices) == MOST_FAULTS + 1
    assert kinds(found)[-1] == "more_faults"


def test_a_case_that_is_no_text_is_no_link() -> None:
    with pytest.raises(Refused):
        decode(token_of((Tag.HEAD, head(parts=1, case_bytes=b"\x01\x02\xff\xfe"))))


def test_a_text_bomb_is_not_unpacked() -> None:
    bomb = text_bytes("x" * 10_000_000)
    assert len(bomb) < 12_000
    with pytest.raises(Damaged):
        text_of_bytes(bomb, longest=TEXT_LIMITS["note"])


def test_a_note_too_long_for_an_address_is_refused_and_not_cut() -> None:
    note = base64.b85encode(hashlib.shake_256(b"note").digest(8000)).decode()
    assert len(note) == 10_000
    with pytest.raises(TooLarge) as caught:
        encode(Scenario(note=note))
    assert [fault.kind for fault in caught.value.faults] == ["long_link"]


def test_a_scenario_with_faults_has_no_link() -> None:
    with pytest.raises(Refused) as caught:
        encode(with_values(Scenario(), gmv=-1.0))
    assert [fault.place for fault in caught.value.faults] == ["world.gmv"]


def test_every_parameter_and_lever_has_a_code() -> None:
    written = {(code.table, code.id): code.members for code in codes()}
    declared = {("world", each.id): each.members for each in world_declarations().values()}
    declared |= {("policy", name): () for name in policy_declarations()}
    missing = {
        place for place, members in declared.items() if set(members) - set(written.get(place, ()))
    }
    assert not declared.keys() - written.keys()
    assert not missing


def test_every_surface_partner_and_case_has_a_code() -> None:
    assert set(SURFACES) <= set(SURFACE_CODES)
    assert set(PARTNERS) <= set(PARTNER_CODES)
    assert set(case_ids()) <= set(CASE_CODES)


def test_no_code_is_given_twice() -> None:
    for listed in (PARAMETER_CODES, CASE_CODES, SURFACE_CODES, PARTNER_CODES):
        assert len(set(listed)) == len(listed)


# The codes as they stood when the first link was made. Entries are appended in token_codes.py, and
# a digest of the longer list beside these; a digest that is here is never changed.
FROZEN = [
    (PARAMETER_CODES, 100, "6cfe97c84230ab14"),
    (CASE_CODES, 10, "e580375d1aa59550"),
    (SURFACE_CODES, 3, "53474c65d16951b3"),
    (PARTNER_CODES, 3, "d75eef2a9f9f00b4"),
]


@pytest.mark.parametrize(("listed", "length", "digest"), FROZEN)
def test_codes_are_only_ever_appended(listed: tuple[str, ...], length: int, digest: str) -> None:
    assert len(listed) >= length
    assert hashlib.sha256("\n".join(listed[:length]).encode()).hexdigest()[:16] == digest


# Links as they were made by earlier programs, never to be edited; what they carried then.
ARCHIVE = ["1AAcEZGpZAk8CzfsBEAkExLzfg7Htw5sHDdIjXR7pmgIIAx4FAtIMkwF3vAMKAOaXp-mTvuaOpaqY"]


@pytest.mark.parametrize("token", ARCHIVE)
def test_old_links_still_carry_what_they_carried(token: str) -> None:
    found = decode(token)
    assert set(kinds(found)) <= {"case_changed"}
    scenario = found.scenario
    assert (scenario.case, scenario.name, scenario.weeks) == ("kuaishou-2021", "旧链接", 78)
    assert scenario.world.demand.diversion == 0.71
    assert scenario.world.demand.closed_share[2] == 0.8123456789012345
    assert scenario.policy.guarantee_target is None
    assert scenario.policy.moves == (
        Move(week=30, surfaces=("live", "shelf"), partners=("saas",), openness=0.25, fee=0.2),
    )
