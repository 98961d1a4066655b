"""The words: both languages say everything that is declared, and say it in the same places."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from string import Formatter

import pytest

from sim.declare import Declaration
from sim.errors import SENTENCES
from sim.metrics import OUTCOMES
from sim.policy import Move, Policy, move_declarations, policy_declarations
from sim.series import SERIES
from sim.sets import PARTNERS, SEGMENTS, SURFACES
from sim.world import GROUPS, world_declarations

TEXT = Path(__file__).parents[1] / "sim" / "text"
LANGUAGES = ("en", "zh")
# A label stands beside a slider: about so many letters, or Han characters, fit.
LONGEST_LABEL = {"en": 38, "zh": 14}
UNLABELLED = ("source.", "unit.", "fault.")

HAN = "\u4e00-\u9fff"
# Han characters, full-width forms and the ideographic full stop have no place in English.
CHINESE = re.compile(f"[{HAN}\u3000-\u303f\uff00-\uffef]")
HALF_WIDTH_AFTER_HAN = re.compile(f"[{HAN}][,.;:?!()]")

EXTRA_UNITS = ("correlation", "cny", "orders", "viewers", "merchants", "percent", "share")
# Cited on pages though no parameter of the world rests on them alone.
EXTRA_SOURCES = ("guadagni-little-1983", "josang-ismail-2002", "berry-1994", "dekle-2008")
MECHANISMS = ("links", "demand", "trust", "habit", "audience", "supply", "programmes", "money")


def read_words(language: str) -> dict[str, str]:
    return tomllib.loads((TEXT / f"{language}.toml").read_text(encoding="utf-8"))


WORDS: Mapping[str, Mapping[str, str]] = {language: read_words(language) for language in LANGUAGES}


def declared() -> list[Declaration]:
    return [
        *world_declarations().values(),
        *policy_declarations().values(),
        *move_declarations().values(),
    ]


def without_faults(language: str) -> list[str]:
    return [key for key in WORDS[language] if not key.startswith("fault.")]


def under(prefix: str, names: Iterable[object]) -> set[str]:
    return {f"{prefix}.{name}" for name in names}


def explained_keys() -> set[str]:
    """Keys that need a label and a help text."""
    return {
        *(declaration.key for declaration in declared()),
        *under("policy", Policy.__dataclass_fields__),
        *under("move", Move.__dataclass_fields__),
        *under("group", GROUPS),
        *under("lever_group", ("links", "trust", "brand", "service_providers")),
        *under("segment", SEGMENTS),
        *under("surface", SURFACES),
        *under("partner", PARTNERS),
        *under("series", SERIES),
        *under("outcome", OUTCOMES),
        *under("status", ("found", "derived", "recalled", "assumption")),
        *under("mechanism", MECHANISMS),
        *under("law", range(1, 10)),
    }


def plain_keys() -> set[str]:
    """Keys that need one text only."""
    units = {declaration.unit for declaration in declared()}
    units |= {series.unit for series in SERIES.values()}
    units |= {outcome.unit for outcome in OUTCOMES.values()}
    sources = {declaration.source for declaration in declared() if declaration.source}
    return {
        *under("unit", units.union(EXTRA_UNITS)),
        *under("source", sources.union(EXTRA_SOURCES)),
        *under("role", ("uncertainty", "constant", "lever")),
        *under("level", ("basic", "advanced")),
    }


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_both_languages_have_the_same_keys_in_the_same_order() -> None:
    assert without_faults("en") == without_faults("zh")


def test_english_faults_stand_in_errors_only() -> None:
    assert not [key for key in WORDS["en"] if key.startswith("fault.")]


def test_every_fault_has_a_chinese_sentence_and_no_sentence_lacks_a_fault() -> None:
    spoken = {key for key in WORDS["zh"] if key.startswith("fault.")}
    assert spoken == under("fault", SENTENCES)


@pytest.mark.parametrize("kind", SENTENCES)
def test_a_fault_names_the_same_facts_in_both_languages(kind: str) -> None:
    assert placeholders(WORDS["zh"][f"fault.{kind}"]) == placeholders(SENTENCES[kind])


def test_words_have_the_same_placeholders_in_both_languages() -> None:
    differing = [
        key
        for key in without_faults("en")
        if placeholders(WORDS["en"][key]) != placeholders(WORDS["zh"].get(key, ""))
    ]
    assert differing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_is_shown_has_its_words(language: str) -> None:
    needed = explained_keys() | {f"{key}.help" for key in explained_keys()} | plain_keys()
    assert sorted(needed - WORDS[language].keys()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_parameter_series_unit_or_source_is_spoken_of_that_is_not_there(language: str) -> None:
    needed = explained_keys() | {f"{key}.help" for key in explained_keys()} | plain_keys()
    closed = ("policy.", "move.", "series.", "unit.", "source.", *(f"{name}." for name in GROUPS))
    spoken = {key for key in WORDS[language] if key.startswith(closed)}
    assert sorted(spoken - needed) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty(language: str) -> None:
    assert [key for key, text in WORDS[language].items() if text.strip() != text or not text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_fit_beside_a_slider(language: str) -> None:
    long = [
        key
        for key, text in WORDS[language].items()
        if not key.endswith(".help")
        and not key.startswith(UNLABELLED)
        and len(text) > LONGEST_LABEL[language]
    ]
    assert long == []


@pytest.mark.parametrize("prefix", [*GROUPS, "policy", "move", "series", "outcome"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_labels_of_a_group_are_alike(language: str, prefix: str) -> None:
    labels = [
        text
        for key, text in WORDS[language].items()
        if key.startswith(f"{prefix}.") and not key.endswith(".help")
    ]
    assert len(labels) > 0
    assert len(labels) == len(set(labels))


def test_english_has_no_chinese_characters() -> None:
    assert [key for key, text in WORDS["en"].items() if CHINESE.search(text)] == []


def test_chinese_punctuation_is_full_width() -> None:
    half = {key for key, text in WORDS["zh"].items() if HALF_WIDTH_AFTER_HAN.search(text)}
    assert sorted(half) == []
