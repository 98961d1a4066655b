"""Numbers in words: short, never "-0", in order, and at home in the right scale."""

import math
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.text import LANGUAGES, Words, words_of
from sim.text.numbers import MINUS, count, money, points, quantity, score, share, week, weeks

EN, ZH = words_of("en"), words_of("zh")
SCALES = {
    language: {words_of(language)(f"number.scale.{power}"): power for power in powers}
    for language, powers in {"en": (3, 6, 9, 12), "zh": (4, 8, 12)}.items()
}
NUMBER = re.compile(r"[+\u2212]?[\d,]+(?:\.\d+)?")

languages = st.sampled_from(LANGUAGES)
amounts = st.floats(min_value=-1e15, max_value=1e15)
shares = st.floats(min_value=-1.0, max_value=1.0)


def value_of(text: str, words: Words) -> float:
    """The number that a text says, scale word and per cent sign included."""
    found = NUMBER.search(text)
    assert found is not None, text
    sign = -1.0 if MINUS in text else 1.0
    digits = float(found[0].replace(",", "").lstrip("+" + MINUS))
    rest = text[found.end() :]
    scales = sorted(SCALES[words.language].items(), key=lambda each: -len(each[0]))
    power = next((power for word, power in scales if rest.startswith(word)), 0)
    return sign * digits * 10.0**power


@given(amounts, languages)
def test_money_is_close_to_what_it_says(value: float, language: str) -> None:
    words = words_of(language)
    assert value_of(money(value, words), words) == pytest.approx(value, rel=0.006, abs=0.006)


@given(amounts, amounts, languages)
def test_rounding_never_turns_an_order_round(one: float, other: float, language: str) -> None:
    words = words_of(language)
    small, large = sorted((one, other))
    for write in (money, count):
        assert value_of(write(small, words), words) <= value_of(write(large, words), words)


@given(shares, shares, languages)
def test_shares_stay_in_order_though_their_decimals_differ(
    one: float, other: float, language: str
) -> None:
    words = words_of(language)
    small, large = sorted((one, other))
    assert value_of(share(small, words), words) <= value_of(share(large, words), words)


def test_shares_stay_in_order_from_step_to_step_near_both_ends() -> None:
    for start in (0.0, 0.0009, 0.0099, 0.989, 0.9989):
        steps = [start + index * 1e-6 for index in range(2000) if start + index * 1e-6 <= 1]
        said = [value_of(share(each, EN), EN) for each in steps]
        assert all(before <= after for before, after in pairwise(said))


@given(
    st.floats(min_value=-1e300, max_value=1e300) | st.floats(min_value=-0.01, max_value=0.01),
    languages,
)
def test_texts_are_short_and_never_minus_zero(value: float, language: str) -> None:
    words = words_of(language)
    for write in (money, count, share, points, score):
        text = write(value, words)
        digits = re.sub(r"[^\d]", "", text)
        assert "-" not in text
        assert not (MINUS in text and digits.strip("0") == ""), text
        if abs(value) < 1e15:
            assert len(text) <= 40, text


@given(st.floats(min_value=1e-300, max_value=1e300), languages)
def test_signed_texts_differ_from_their_negatives_by_the_sign_alone(
    value: float, language: str
) -> None:
    words = words_of(language)
    for write in (money, count, share):
        gain, loss = write(value, words, signed=True), write(-value, words, signed=True)
        assert gain.replace("+", "") == loss.replace(MINUS, "")
        assert (gain[0] == "+") == (loss[0] == MINUS)


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (99_999_500, "1\u4ebf\u5143", "CNY 100m"),
        (99_994_000, "9,999\u4e07\u5143", "CNY 100m"),
        (9_999.6, "1\u4e07\u5143", "CNY 10k"),
        (9_999.4, "9,999\u5143", "CNY 10k"),
        (999.6, "1,000\u5143", "CNY 1k"),
        (34_500_000, "3,450\u4e07\u5143", "CNY 34.5m"),
        (120_000_000, "1.2\u4ebf\u5143", "CNY 120m"),
        (999_600_000, "10\u4ebf\u5143", "CNY 1bn"),
        (-4.83e9, f"{MINUS}48.3\u4ebf\u5143", f"{MINUS}CNY 4.83bn"),
        (-0.001, "0\u5143", "CNY 0"),
        (60.0, "60\u5143", "CNY 60"),
    ],
)
def test_money_changes_scale_where_its_digits_do(value: float, zh: str, en: str) -> None:
    assert (money(value, ZH), money(value, EN)) == (zh, en)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.986, "98.6%"),
        (0.9997, "99.97%"),
        (0.0034, "0.34%"),
        (0.0, "0%"),
        (1.0, "100%"),
        (0.00012, "0.012%"),
        (0.27, "27%"),
    ],
)
def test_shares_have_more_decimals_near_the_ends(value: float, said: str) -> None:
    assert share(value, EN) == share(value, ZH) == said


@pytest.mark.parametrize("value", [None, math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_no_number_is_said_to_be_none(value: float | None, language: str) -> None:
    words = words_of(language)
    for write in (money, count, share, points, score, week, weeks):
        assert write(value, words) == words("number.none")
    assert quantity(value, "share", words) == words("number.none")


def test_values_that_were_typed_in_are_said_in_full() -> None:
    assert quantity(0.0105, "share", EN) == "1.05%"
    assert quantity(12.13e9, "cny", EN) == "CNY 12.13bn"
    assert quantity(0.25, "per_year", EN) == "25%/year"
    assert quantity(430e6, "persons", ZH) == "4.3\u4ebf\u4eba"
    assert quantity(26, "weeks", EN) == "26 weeks"
    assert weeks(1, EN) == "1 week"
    assert week(19, ZH) == "\u7b2c19\u5468"
    assert points(-0.0861, EN) == f"{MINUS}8.6 pp"
