"""The diagram's structure is read from the engine's source and follows it by itself."""

from collections.abc import Mapping

import pytest

from sim.analyses.structure import Carried, Structure, structure, structure_of
from sim.charts.structure import carried_words, mechanism_words, structure_svg
from sim.reports.equations import equations, latex_symbol, parameters_of
from sim.text import LANGUAGES, words_of
from sim.world import world_declarations

WEEK = """
def open_stocks(work, n):
    for i in range(n):
        world[W.merchants_now + i] = 1.0
        segment[S.mood_now + i] = 0.5

def _move(world, n):
    feeling.next_mood(world, n)

def run(world, n):
    for t in range(9):
        selling.sell(world, n)
        _move(world, n)
"""
SELLING = """
def sell(world, segment, n):
    for i in range(n):
        segment[S.orders_0 + i] = segment[S.mood_now + i] * world[W.gmv + i]
        segment[S.orders_1 + i] = world[W.merchants_now + i]
        own = segment[S.scratch + i]
        segment[S.scratch + i] = own
"""
FEELING = """
def next_mood(world, segment, n):
    for i in range(n):
        segment[S.mood_now + i] += segment[S.orders_0 + i]
"""


def fake(**changed: str) -> Structure:
    sources: Mapping[str, str] = {"week": WEEK, "selling": SELLING, "feeling": FEELING} | changed
    return structure_of(sources)


def shown(found: Structure) -> set[tuple[str, tuple[str, ...], tuple[str, ...], bool]]:
    return {(each.row.id, each.makers, each.users, each.is_stock) for each in found.carried}


def test_who_makes_and_who_uses_is_read_from_the_source() -> None:
    found = fake()
    assert found.mechanisms == ("selling", "feeling")
    assert shown(found) == {
        ("S.orders", ("selling",), ("feeling",), False),
        ("S.mood_now", ("feeling",), ("selling",), True),
    }
    assert found.parameters["selling"] == ("gmv",)


def test_a_mechanism_that_gains_a_stock_gains_a_box_and_its_arrows() -> None:
    loop = "    for i in range(n):\n"
    week = WEEK.replace(loop, loop + "        world[W.fame_now + i] = 0.0\n", 1)
    feeling = FEELING + "        world[W.fame_now + i] = world[W.fame_now + i] + 1.0\n"
    selling = SELLING + "        segment[S.orders_0 + i] *= world[W.fame_now + i]\n"
    gained = shown(fake(week=week, feeling=feeling, selling=selling)) - shown(fake())
    assert gained == {("W.fame_now", ("feeling",), ("selling",), True)}
    words = words_of("en")
    before = structure_svg(fake(), words)
    after = structure_svg(fake(week=week, feeling=feeling, selling=selling), words)
    assert "W.fame_now" in after
    assert after.count('class="row"') == before.count('class="row"') + 1
    assert after.count('class="tip"') == before.count('class="tip"') + 2


def test_a_new_mechanism_gains_a_box_without_words_for_it() -> None:
    week = WEEK.replace("        _move", "        magic.cast(world, n)\n        _move")
    found = fake(week=week, magic="def cast(world, n):\n    world[W.spell + 0] = 1.0\n")
    assert found.mechanisms == ("selling", "magic", "feeling")
    assert "magic" in structure_svg(found, words_of("zh"))


def test_the_engine_has_its_mechanisms_in_the_order_of_the_week() -> None:
    assert structure().mechanisms == (
        "links",
        "programmes",
        "demand",
        "money",
        "audience",
        "supply",
        "trust",
        "habit",
    )


def carried(id: str) -> Carried:
    return next(each for each in structure().carried if each.row.id == id)


@pytest.mark.parametrize(
    ("id", "makers", "users", "is_stock"),
    [
        ("S.streamer_trust_now", ("trust",), ("demand", "audience"), True),
        ("P.pressure", ("links",), ("supply",), False),
        ("S.orders_link", ("demand",), ("money", "trust", "habit"), False),
        ("W.data_now", ("programmes",), ("demand", "money"), True),
        ("P.exited", ("supply",), (), True),
    ],
)
def test_known_arrows_of_the_engine(
    id: str, makers: tuple[str, ...], users: tuple[str, ...], is_stock: bool
) -> None:
    found = carried(id)
    assert (found.makers, found.users, found.is_stock) == (makers, users, is_stock)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_in_the_diagram_has_words(language: str) -> None:
    words = words_of(language)
    for each in structure().carried:
        assert carried_words(each, words) != each.row.id
    for name in structure().mechanisms:
        assert mechanism_words(name, words) != name
    assert {f"carried.{each.row.id}" for each in structure().carried} == {
        key for key in words.entries if key.startswith("carried.")
    }


def test_the_drawing_is_safe_and_the_same_each_time() -> None:
    drawn = structure_svg(structure(), words_of("zh"))
    assert drawn == structure_svg(structure(), words_of("zh"))
    assert "<script" not in drawn
    assert "http" not in drawn.replace("http://www.w3.org/2000/svg", "")
    assert 'role="img"' in drawn
    assert "aria-label=" in drawn


def test_every_mechanism_has_equations_and_every_parameter_stands_in_one() -> None:
    assert tuple(equations()) == structure().mechanisms
    named = {name for mechanism in equations() for name in parameters_of(mechanism)}
    assert named == set(world_declarations())


def test_what_a_mechanism_reads_stands_in_its_equations_or_in_the_changes() -> None:
    changes = next(each for each in equations()["demand"] if each.id == "changes").parameters
    for mechanism, read in structure().parameters.items():
        of_world = {name for name in read if name in world_declarations()}
        assert of_world <= {*parameters_of(mechanism), *changes}, mechanism


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_equation_has_its_meaning_and_closed_braces(language: str) -> None:
    words = words_of(language)
    ids = [each.id for rows in equations().values() for each in rows]
    assert len(ids) == len(set(ids))
    for rows in equations().values():
        for each in rows:
            assert words(f"equation.{each.id}")
            assert each.latex.count("{") == each.latex.count("}")
            assert each.latex.replace("leftarrow", "").count(r"\left") == each.latex.count(
                r"\right"
            )
            assert "<" not in each.latex.replace(" < ", "").replace("< w_q", "")


@pytest.mark.parametrize(
    ("parameter", "index", "latex"),
    [
        ("streamer_trust_effect", None, "β^{T}_{c}"),
        ("streamer_trust_effect", r"\text{live}", r"β^{T}_{\text{live}}"),
        ("streamer_trust", "fan", r"T_{\mathrm{fan},0}"),
        ("gmv", None, r"\mathrm{GMV}_{0}"),
        ("conversion_index", None, r"\hat{c}_{s}"),
        ("segment_share", "fan", r"\tfrac{N_{\mathrm{fan}}}{N}"),
        ("care_cost", "fan", "k_{c}"),
    ],
)
def test_declared_symbols_are_typeset(parameter: str, index: str | None, latex: str) -> None:
    assert latex_symbol(parameter, index=index) == latex
