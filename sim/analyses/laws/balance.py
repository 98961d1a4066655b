"""Laws that are read off a run by itself: nobody is lost, parts make wholes, nothing out of bounds."""

import numpy as np

from sim.analyses.laws.light import CLOSE, WITHIN, Light, Reading, Run, measured_light
from sim.series import SERIES
from sim.world import World


def viewers(longer: Run) -> Light:
    """Viewers of a week, plus those who came, less those who left, are the viewers of the next."""
    came, left = longer["acquired"][:-1], longer["churned"][:-1]
    stock = longer["viewers"]
    weekly = np.abs(stock[:-1] + came - left - stock[1:]) / np.maximum(stock[1:], 1.0)
    expected = float(stock[0]) + float(np.sum(came)) - float(np.sum(left))
    readings = (Reading(id="viewers", expected=expected, found=float(stock[-1]), unit="persons"),)
    return Light(id="viewers", measured=float(np.max(weekly)), threshold=CLOSE, readings=readings)


def merchants(longer: Run, world: World) -> Light:
    """Partner merchants still there, migrated, adapted and gone are those of the start."""
    start = sum(world.supply.merchants_partner)
    found = (
        longer["merchants_partner"]
        + longer["merchants_migrated"]
        + longer["merchants_adapted"]
        + longer["merchants_exited"]
    )
    errors = np.abs(found - start) / max(start, 1.0)
    reading = Reading(id="merchants", expected=start, found=float(found[-1]), unit="merchants")
    return Light(
        id="merchants", measured=float(np.max(errors)), threshold=CLOSE, readings=(reading,)
    )


def bounds(run: Run, reference: Run) -> Light:
    """How far any share leaves [0, 1], or any stock or flow falls below 0; NaN counts as infinite."""
    beyond = 0.0
    for each in (run, reference):
        for name, facts in SERIES.items():
            values = each[name]
            if not np.all(np.isfinite(values)):
                beyond = float("inf")
            if name != "profit":
                beyond = max(beyond, -float(np.min(values)))
            if facts.kind == "share":
                beyond = max(beyond, float(np.max(values)) - 1.0)
    return Light(id="bounds", measured=beyond, threshold=WITHIN)


def adds_up(run: Run) -> Light:
    """Parts and wholes of every week: GMV by route, profit, viewers, and where occasions end."""
    total = run["gmv_native"] + run["gmv_external"]
    # In a week in which nothing is sold the share stays where the data loop stands.
    sold = np.where(total > 0.0, total, 1.0)
    share = np.where(total > 0.0, run["gmv_native"] / sold, run["data"])
    closed = np.max(np.abs(share - run["closed_share"]))
    size = np.maximum(np.maximum(run["revenue"], run["cost"]), 1.0)
    profit = np.max(np.abs(run["revenue"] - run["cost"] - run["profit"]) / size)
    people = run["newcomers"] + run["regulars"] + run["fans"]
    viewers = np.max(np.abs(people - run["viewers"]) / np.maximum(run["viewers"], 1.0))
    orders = run["orders_native"] + run["orders_external"] + run["orders_direct"]
    excess = np.max(np.maximum(orders - run["occasions"], 0.0) / np.maximum(run["occasions"], 1.0))
    return measured_light(
        "adds_up",
        [
            Reading(id=id, expected=0.0, found=float(found), unit="")
            for id, found in (
                ("closed_share_sum", closed),
                ("profit_sum", profit),
                ("viewers_sum", viewers),
                ("orders_sum", excess),
            )
        ],
    )
