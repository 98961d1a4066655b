"""Live answers: questions from a browser, which may hold anything, and what comes back."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.applications import Starlette

from sim.cases.catalogue import case
from sim.places import with_value
from sim.text import words_of
from sim.ui import worlds
from sim.ui.chart_grid.grid import grid_bytes
from sim.ui.hosting.allowance import Allowance
from sim.ui.link import first_scenario, tag_of, token_of
from sim.ui.live import routes
from sim.ui.live.answer import REFUSED, answer
from sim.ui.live.question import MOST_BYTES, read_question
from sim.ui.live.routes import quiet_ms
from sim.ui.results import Results, grid_words
from sim.ui.rows.edits import MOST_EDITS, Edit, read_edits
from sim.ui.simulation import compared
from sim.ui.visit import Look
from sim.ui.wishes import Wish, Wishes
from sim.ui.worlds import known_worlds, worlds_of
from tests.asgi import ask

PATIENCE = 60.0
GUARANTEE = "policy.guarantee_target"
LOOK = {"axis": "weeks", "shows": "values", "fan": True}


def asked(**fields: Any) -> bytes:
    return json.dumps({"s": None, "language": "en", "look": LOOK, "edits": [], **fields}).encode()


def answered(**fields: Any) -> Any:
    return json.loads(answer(read_question(asked(**fields))))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_answer_is_what_the_page_would_show(language: str) -> None:
    scenario = with_value(first_scenario(), GUARANTEE, 0.8)
    words = words_of(language)
    worlds = worlds_of(scenario)
    results = Results(comparison=compared(scenario), look=Look(), words=words, worlds=worlds)
    page = grid_bytes(results.panels(), words=grid_words(words), language=tag_of(language))
    got = answered(language=language, edits=[[GUARANTEE, 80]])
    assert got["grid"] == json.loads(page)
    assert got["outcomes"] == results.outcomes()
    assert got["outcomes"] != answered(language=language)["outcomes"]


def test_worlds_stay_faint_until_those_of_the_change_are_drawn() -> None:
    start = with_value(case("price-not-cut").scenario, "weeks", 41)
    moved = with_value(start, GUARANTEE, 0.8)
    token = token_of(start)

    def fans(edits: list[Any]) -> list[Any]:
        panels = answered(s=token, edits=edits)["grid"]["panels"]
        figure = json.loads(panels[0]["figure"])
        return [each for each in figure["data"] if "fillcolor" in each]

    assert known_worlds(start) is None
    assert fans([]) == []
    assert "sim-stale" in answered(s=token)["outcomes"]
    worlds_of(start)
    fresh = fans([])
    assert "sim-stale" not in answered(s=token)["outcomes"]
    stale = fans([[GUARANTEE, 80]])
    assert "sim-stale" in answered(s=token, edits=[[GUARANTEE, 80]])["outcomes"]
    assert [each["y"] for each in stale] == [each["y"] for each in fresh]
    assert stale[0]["fillcolor"] != fresh[0]["fillcolor"]
    worlds_of(moved)
    assert fans([[GUARANTEE, 80]])[0]["fillcolor"] == fresh[0]["fillcolor"]


def test_edits_come_on_top_of_the_token_and_in_their_order() -> None:
    start = with_value(case("trust-first").scenario, "weeks", 60)
    both = read_question(
        asked(s=token_of(start), edits=[["policy.care", 1], ["policy.care", 2]])
    ).scenario()
    assert both == with_value(
        start, "policy.care", Edit(place="policy.care", shown=2).value(start, "en")
    )


def test_a_target_at_the_worlds_own_value_is_as_now() -> None:
    scenario = first_scenario()
    now = scenario.world.value("guarantee")
    assert isinstance(now, float)
    edit = Edit(place=GUARANTEE, shown=now * 100)
    assert edit.value(scenario, "en") is None


@pytest.mark.parametrize("shown", [150, -1, None, 1e308, pytest.param(10**400, id="huge")])
def test_what_cannot_be_is_refused_and_not_drawn(shown: object) -> None:
    question = read_question(asked(edits=[[GUARANTEE, shown]]))
    assert answer(question) == REFUSED


def test_a_part_of_a_week_is_no_week() -> None:
    assert answer(read_question(asked(edits=[["policy.programme_week", 2.5]]))) == REFUSED
    assert answer(read_question(asked(edits=[["policy.programme_week", 2.0]]))) != REFUSED


def test_a_damaged_token_is_refused() -> None:
    assert answer(read_question(asked(s="1broken"))) == REFUSED


@pytest.mark.parametrize(
    "place",
    ["", "world", "world.nope", "policy.nope", "policy.moves[9].week", "policy.moves[0].partners",
     "policy.moves[0].fee", "world.churn", "world.churn.nobody", "case", "__class__", "moves[0]"],
)  # fmt: skip
def test_a_place_without_a_number_is_no_place(place: str) -> None:
    with pytest.raises(ValueError, match="no number at"):
        answer(read_question(asked(edits=[[place, 1]])))


@pytest.mark.parametrize(
    "sent",
    [None, {}, "x", [1], [["a"]], [["a", "1"]], [[1, 1]], [["a", True]], [["a" * 100, 1]],
     [["policy.care", 1]] * (MOST_EDITS + 1)],
)  # fmt: skip
def test_edits_are_pairs_of_place_and_number(sent: object) -> None:
    with pytest.raises(ValueError, match="edit"):
        read_edits(sent)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "Expecting value"),
        (b"{", "Expecting property name"),
        (b"[]", "a question is a JSON object"),
        (b"null", "a question is a JSON object"),
        (b"\xff\xfe", "Expecting value"),
        (b"\xff", "a question is a JSON object"),
        (b"[" * 30_000, "a question is a JSON object"),
        (asked(s=1), "s must be the token"),
        (asked(worldsOf=1), "worldsOf must be the token"),
        (asked(visitor=1), "visitor must be a name"),
        (asked(visitor="a" * 65), "visitor must be a name"),
        (asked(language="fr"), "language must be one of"),
        (asked(look=LOOK | {"axis": "years"}), "look must have axis"),
        (asked(look=LOOK | {"fan": 1}), "look must have axis"),
        (asked(look=None), "look must have axis"),
        (asked(edits=None), "edits must be a list"),
        (b" " * (MOST_BYTES + 1), "a question has at most 65536 bytes"),
    ],
)
def test_what_is_no_question_is_told_so(body: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_question(body)


def request(
    method: str, body: bytes = b"", gone: threading.Event | None = None
) -> tuple[int, dict[str, str], Any]:
    """Status, headers and JSON of the live address; the browser leaves when ``gone`` is set."""
    routes.prepared().wait(180)
    app = Starlette(routes=list(routes.ROUTES))
    halves = (body[: len(body) // 2], body[len(body) // 2 :])
    said = ask(app, routes.PATH, method=method, body=halves, gone=gone)
    is_json = said.headers.get("content-type") == "application/json"
    return said.status, said.headers, json.loads(said.body) if is_json else None


def test_the_address_answers_with_its_own_time() -> None:
    status, headers, reply = request("POST", asked(edits=[[GUARANTEE, 80]]))
    assert status == 200
    assert reply["grid"]["panels"]
    assert headers["server-timing"].startswith("script;dur=")


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"{", 400), (b" " * (MOST_BYTES + 1), 413), (asked(edits=[["x", 1]]), 400)],
)
def test_bad_questions_get_a_reason(body: bytes, status: int) -> None:
    got, _, reply = request("POST", body)
    assert got == status
    assert reply["reason"]


def test_who_waits_for_worlds_gets_them() -> None:
    start = with_value(case("price-not-cut").scenario, "weeks", 43)
    status, _, reply = request("POST", asked(s=token_of(start), visitor="a"))
    assert (status, reply["fresh"]) == (200, True)
    assert known_worlds(start) is not None
    assert answered(s=token_of(start)) == reply


def test_a_browser_that_does_not_wait_any_more_has_its_worlds_dropped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun, gone, ended = threading.Event(), threading.Event(), threading.Event()
    dropped: list[bool] = []

    def work(wish: Wish[Any]) -> None:
        begun.set()
        dropped.append(wish.dropped.wait(PATIENCE))
        ended.set()

    monkeypatch.setattr(worlds, "_wishes", Wishes(work))
    start = with_value(case("price-not-cut").scenario, "weeks", 44)
    with ThreadPoolExecutor(1) as pool:
        question = asked(s=token_of(start), visitor="a")
        waiting = pool.submit(request, "POST", question, gone)
        assert begun.wait(PATIENCE)
        gone.set()
        assert waiting.result()[0] == 204
    assert ended.wait(PATIENCE)
    assert dropped == [True]


@pytest.mark.parametrize("faint", ["", "token"])
def test_worlds_of_the_page_stay_where_those_before_a_change_are_not_known(faint: str) -> None:
    fanned = (
        first_scenario() if not faint else with_value(case("young-platform").scenario, "weeks", 45)
    )
    worlds_of(fanned)
    start = with_value(with_value(fanned, "weeks", fanned.weeks), "policy.care", 0.31)
    assert known_worlds(start) is None
    assert not _fills(answered(s=token_of(start), edits=[[GUARANTEE, 81]]))
    stands = answered(s=token_of(start), edits=[[GUARANTEE, 81]], worldsOf=token_of(fanned) or "")
    assert _fills(stands)
    assert stands["fresh"] is False


def _fills(reply: Any) -> list[Any]:
    figure = json.loads(reply["grid"]["panels"][0]["figure"])
    return [each["fillcolor"] for each in figure["data"] if "fillcolor" in each]


def test_the_more_is_under_way_the_longer_hands_are_to_rest() -> None:
    _, headers, _ = request("POST", asked())
    assert int(headers["sim-quiet"]) == quiet_ms(0)
    assert [quiet_ms(count) for count in (0, 1, 5)] == sorted({quiet_ms(n) for n in (0, 1, 5)})
    assert quiet_ms(10**6) <= 3000


def test_too_many_at_once_are_turned_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "_MOST_WAITING", 0)
    status, _, reply = request("POST", asked())
    assert (status, reply["reason"]) == (503, "too many ask at once")


def test_only_questions_are_taken() -> None:
    assert request("GET")[0] == 405


def test_who_asks_too_often_is_turned_away(monkeypatch: pytest.MonkeyPatch) -> None:
    allowance = Allowance(0.001, 2)
    monkeypatch.setattr(routes, "_allowance", lambda: allowance)
    statuses = [request("POST", b"{")[0] for _ in range(4)]
    assert statuses == [400, 400, 429, 429]
    assert request("POST", b"{")[2]["reason"] == "too many questions; let go of the lever"
