"""Sentences made from numbers: every variant in both languages, and nothing claimed that is not so."""

import re
from dataclasses import replace
from functools import cache

import pytest

from sim.analyses.compare import Comparison, compare
from sim.cases.catalogue import case, case_ids
from sim.errors import Fault, unknown
from sim.metrics import OUTCOMES
from sim.policy import Move, Policy
from sim.reports.changes import changes, describe, place_title
from sim.reports.contributions import contributions
from sim.reports.nothing_changed import explain
from sim.reports.sentence import headline, judged, verdict
from sim.scenario import Scenario
from sim.sets import PARTNERS, SURFACES
from sim.text import LANGUAGES, Words, words_of
from sim.text.numbers import money, share, week, weeks

EN, ZH = words_of("en"), words_of("zh")
HAN = re.compile("[\u4e00-\u9fff]")
CUT = Move(week=20, surfaces=("live",), partners=("saas",), openness=0.0)


@cache
def compared(scenario: Scenario) -> Comparison:
    return compare(scenario)


def under(policy: Policy, weeks: int = 52) -> Comparison:
    return compared(Scenario(policy=policy, weeks=weeks))


def world_with(**values: object) -> Scenario:
    return Scenario(weeks=52, world=Scenario().world.with_values(values))  # type: ignore[arg-type]


@pytest.mark.parametrize("id", case_ids())
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_case_has_a_headline_with_its_own_numbers(id: str, language: str) -> None:
    words, comparison = words_of(language), compared(case(id).scenario)
    text = headline(comparison, words, case_name=words(f"case.{id}"))
    found = comparison.outcomes
    assert text.startswith(words(f"case.{id}"))
    change = found["profit_change"] or 0.0
    said, unsaid = ("more", "less") if change > 0 else ("less", "more")
    told = {
        key: words(
            f"sentence.profit.{key}",
            amount=money(abs(change), words),
            horizon=weeks(comparison.run.scenario.weeks, words),
        )
        for key in (said, unsaid)
    }
    assert told[said] in text
    assert told[unsaid] not in text
    assert share(found["closed_share"], words) in text
    if found["payback_week"] is not None:
        assert week(found["payback_week"], words) in text
    if found["dip_depth"]:
        assert share(found["dip_depth"], words) in text
    assert bool(HAN.search(text)) == (language == "zh")
    assert "{" not in text
    assert "None" not in text
    assert len(re.findall(r"\. |\u3002", text + " ")) <= 2, text


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        (
            Policy(moves=(CUT,)),
            "links of independent-shop providers in live rooms cut from week 20",
        ),
        (Policy(moves=(replace(CUT, openness=0.3),)), "held to 30% from week 20"),
        (Policy(moves=(CUT, replace(CUT, week=40, openness=1.0))), "reopened from week 40"),
        (Policy(moves=(CUT, replace(CUT, week=40, openness=0.5))), "reopened to 50% from week 40"),
        (
            Policy(moves=(replace(CUT, openness=None, fee=0.2, partners=PARTNERS),)),
            "a link fee of 20% for all third parties from week 20",
        ),
        (
            Policy(guarantee_target=0.97, programme_week=10),
            "with the programmes started in week 10,",
        ),
        (
            Policy(moves=(CUT,), guarantee_target=0.97, programme_week=10),
            "cut from week 20, and with the programmes started in week 10",
        ),
        (
            Policy(moves=(CUT, replace(CUT, week=22, openness=1.0), replace(CUT, week=24))),
            "and with one more move on links",
        ),
        (
            Policy(moves=(replace(CUT, surfaces=SURFACES, partners=PARTNERS),)),
            "all third-party links cut from week 20",
        ),
    ],
)
def test_the_headline_names_what_is_done(policy: Policy, said: str) -> None:
    assert said in headline(under(policy), EN, case_name="")
    assert HAN.search(headline(under(policy), ZH, case_name=""))


def test_the_headline_says_when_it_pays_and_when_it_does_not() -> None:
    pays, loses = (
        compared(case("kuaishou-2021").scenario),
        compared(case("young-platform").scenario),
    )
    assert "it pays back from week" in headline(pays, EN, case_name="")
    assert "does not pay back" in headline(loses, EN, case_name="")
    assert "The largest gain is" in headline(pays, EN, case_name="")
    assert "The largest loss is" in headline(loses, EN, case_name="")
    never_dips = compared(case("trust-first").scenario)
    assert never_dips.outcomes["dip_weeks"] == 0
    assert "never falls below" in headline(never_dips, EN, case_name="")
    assert "in this model" in headline(pays, EN, case_name="").lower()


def test_a_narrow_balance_is_called_narrow_and_a_clear_one_is_not() -> None:
    narrow, clear = (
        compared(case("kuaishou-2021").scenario),
        compared(case("young-platform").scenario),
    )
    assert "nearly cancel" in headline(narrow, EN, case_name="")
    assert "nearly cancel" not in headline(clear, EN, case_name="")


@pytest.mark.parametrize("id", case_ids())
def test_the_account_of_profit_adds_up(id: str) -> None:
    comparison = compared(case(id).scenario)
    account = contributions(comparison)
    size = sum(abs(each.amount) for each in account)
    total = sum(each.amount for each in account)
    assert total == pytest.approx(comparison.outcomes["profit_change"], abs=1e-9 * size)
    amounts = [each.amount for each in account]
    assert amounts == sorted(amounts, reverse=True)
    for each in account:
        for side in ("gained", "lost"):
            assert EN(f"account.{each.item}.{side}")
            assert ZH(f"account.{each.item}.{side}")


def test_each_programme_is_booked_under_its_own_name() -> None:
    policy = Policy(
        coupon=0.1, coupon_weeks=5, care=0.01, programme_week=10, commission_target=0.02
    )
    account = {each.item: each.amount for each in contributions(under(policy))}
    assert account["coupon"] < 0
    assert account["care"] < 0
    assert account["commission"] > 0
    assert account["brand"] == account["service_providers"] == 0


@pytest.mark.parametrize(
    ("scenario", "reason"),
    [
        (Scenario(weeks=52), "no lever is pulled"),
        (
            Scenario(weeks=52, policy=Policy(moves=(replace(CUT, week=200),))),
            "begins in week 200, after the horizon of 52 weeks",
        ),
        (
            Scenario(weeks=52, policy=Policy(moves=(replace(CUT, openness=1.0),))),
            "already 100% open",
        ),
        (
            Scenario(weeks=52, policy=Policy(moves=(replace(CUT, openness=None, fee=0.01),))),
            "already cost 1%",
        ),
        (
            replace(
                world_with(partner_split=(0.2, 0.0, 0.8), merchants_partner=(50e3, 0.0, 160e3)),
                policy=Policy(moves=(CUT,)),
            ),
            "no order goes by links of independent-shop providers",
        ),
        (Scenario(weeks=52, policy=Policy(coupon=0.1)), "the coupon lasts 0 weeks"),
        (Scenario(weeks=52, policy=Policy(coupon_weeks=9)), "the coupon is 0%"),
        (Scenario(weeks=52, policy=Policy(guarantee_target=0.7)), "is what it is now (70%)"),
        (
            Scenario(weeks=52, policy=Policy(care=0.01, programme_week=60)),
            "the programmes begin in week 60, after the horizon of 52 weeks",
        ),
    ],
)
def test_no_change_is_explained(scenario: Scenario, reason: str) -> None:
    comparison = compared(scenario)
    text = explain(comparison, EN)
    assert text is not None
    assert reason in text
    assert "no effect" not in text
    assert headline(comparison, EN, case_name="A").startswith("A: nothing changes")
    assert HAN.search(explain(comparison, ZH) or "")


def test_a_change_is_not_explained_away() -> None:
    assert explain(under(Policy(moves=(CUT,))), EN) is None
    assert explain(under(Policy(care=1e-4)), EN) is None
    # A few CNY a week of a hundred million are no rounding.
    assert explain(under(Policy(care=1e-8)), EN) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_good_and_bad_follow_the_outcomes(language: str) -> None:
    words = words_of(language)
    assert judged("profit_change", 1.0) == "better"
    assert judged("profit_change", -1.0) == "worse"
    assert judged("dip_depth", 0.1) == "worse"
    assert judged("dip_weeks", 0.0) == "same"
    assert judged("payback_week", 20.0) == "better"
    assert judged("payback_week", None) == "worse"
    said = {verdict(name, value, words) for name in OUTCOMES for value in (None, -1.0, 0.0, 1.0)}
    assert said == {words(f"verdict.{each}") for each in ("better", "worse", "same")}


def test_changes_name_place_member_old_and_new() -> None:
    base = case("kuaishou-2021").scenario
    world = base.world.with_values({"churn": (0.06, 0.013, 0.004), "gmv": 13e9})
    changed = replace(base, weeks=52, world=world, policy=replace(base.policy, care=0.01, moves=()))
    found = {each.place: each for each in changes(changed, base)}
    assert list(found) == [
        "weeks",
        "world.churn.regular",
        "world.gmv",
        "policy.care",
        "policy.moves[0]",
    ]
    assert describe(found["weeks"], EN) == "104 weeks \u2192 52 weeks"
    assert place_title("world.churn.regular", EN) == "Weekly churn: Regulars"
    assert describe(found["world.churn.regular"], EN) == "0.012/week \u2192 0.013/week"
    assert describe(found["policy.moves[0]"], EN) == (
        "week 19: live rooms, independent-shop providers and adaptable providers: closed \u2192 no move"
    )
    assert changes(base, base) == ()


def test_targets_as_now_and_tables_are_told_in_words() -> None:
    base = Scenario()
    world = base.world.with_values({"season": (*[1.0] * 50, 0.9, 1.1)})
    found = changes(replace(base, world=world, policy=Policy(brand_target=0.3)), base)
    assert [describe(each, EN) for each in found] == ["changed in 2 places", "as now \u2192 30%"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id", case_ids())
def test_every_change_between_cases_can_be_said(id: str, language: str) -> None:
    words = words_of(language)
    for other in case_ids():
        for change in changes(case(id).scenario, case(other).scenario):
            text = place_title(change.place, words) + describe(change, words)
            assert "{" not in text
            assert "None" not in text


def test_a_missing_word_and_a_missing_fact_are_named() -> None:
    words = Words(language="en", entries={"a": "{n} apples", "b": "100%"})
    assert words("a", n=3) == "3 apples"
    assert words("b") == "100%"
    with pytest.raises(KeyError, match=r"no\.such"):
        words("no.such")
    with pytest.raises(KeyError, match="'n'"):
        words("a")
    with pytest.raises(ValueError, match="fr"):
        words_of("fr")
    assert words_of("en") is EN


def test_both_languages_say_the_same_keys_with_the_same_placeholders() -> None:
    own = ("chart.", "sentence.", "phrase.", "account.", "nothing", "change", "number.", "verdict.")
    keys = {
        language: {key for key in words_of(language).entries if key.startswith(own)}
        for language in LANGUAGES
    }
    same = {key for key in keys["en"] if not key.startswith("number.scale.")}
    assert same == {key for key in keys["zh"] if not key.startswith("number.scale.")}
    different = {key for key in same if EN.placeholders(key) != ZH.placeholders(key)}
    assert different == set()


def test_faults_are_said_in_chinese_where_there_is_a_sentence() -> None:
    fault = unknown("world.chrun", "chrun", ("churn", "blame"))
    assert EN.fault(fault) == str(fault)
    assert "churn" in ZH.fault(fault)
    assert "Did you mean" not in ZH.fault(fault)
    bad = Fault(
        kind="out_of_range",
        place="world.trust.blame",
        facts={"low": "0", "high": "1", "unit": "share", "got": "1.4"},
    )
    assert HAN.search(ZH.fault(bad))
    assert "share" not in ZH.fault(bad)
    bare = Words(language="zh", entries={})
    assert bare.fault(bad) == str(bad)
