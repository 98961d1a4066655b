"""Links: how far open, at what fee, and the pressure that this puts on the partners' merchants.

Openness and fees are those of a lane's own plan: the last axis of ``openness``, ``keep`` and ``put`` is
that of the lanes.
"""

import numpy as np

from sim.engine.compiled import mechanism
from sim.engine.layout import LANES, C, P, W


def _lead(weeks, ramps, targets, acts, keep, put):
    """One quantity under one move of each plan, as keep·base + put: it leads on from the week before.

    All are of shape (plans,), the last two (plans, horizon). What an earlier move of the same week has
    put from here on is put anew.
    """
    at = np.arange(keep.shape[1])
    acting = np.flatnonzero(acts & (weeks < len(at)))
    week = weeks[acting, np.newaxis]
    before = acting[:, np.newaxis], np.maximum(week - 1, 0)
    keep_from = np.where(week > 0, keep[before], 1.0)
    put_from = np.where(week > 0, put[before], 0.0)
    way = np.minimum(1.0, (at - week + 1) / np.maximum(ramps[acting, np.newaxis], 1))
    later = at >= week
    # Written so that the end of the ramp is the target to the last digit.
    keep[acting] = np.where(later, (1.0 - way) * keep_from, keep[acting])
    led = (1.0 - way) * put_from + way * targets[acting, np.newaxis]
    put[acting] = np.where(later, led, put[acting])


def schedule(weeks, ramps, targets, acts, horizon):
    """What the moves of some plans make of the links week by week, whatever the world.

    Parameters
    ----------
    weeks, ramps : int64 arrays of shape (moves, plans), of each plan in the order of its weeks
    targets : (12, moves, plans): openness of the nine cells, surface by surface, then partners' fees
    acts : bool (12, moves, plans), which of these a move sets

    Returns
    -------
    keep, put
        (12, plans, horizon): the value of a week is keep · base + put.
    stage
        int64 (horizon,): which of the distinct states of the links, in all plans, holds in a week.
    """
    # Once a policy, some numbers a week: arrays do it, and nothing has to be compiled.
    shape = 12, weeks.shape[1], horizon
    keep, put = np.ones(shape), np.zeros(shape)
    for k, move in zip(*np.nonzero(acts.any(axis=2)), strict=True):
        _lead(weeks[move], ramps[move], targets[k, move], acts[k, move], keep[k], put[k])
    changed = (keep[..., 1:] != keep[..., :-1]) | (put[..., 1:] != put[..., :-1])
    stage = np.zeros(horizon, dtype=np.int64)
    np.cumsum(changed.any(axis=(0, 1)), out=stage[1:])
    return keep, put, stage


@mechanism
def reach(openness, shelf_openness, evasion):
    """What a buyer can still reach: a closed link in live or video may be found on an open shelf."""
    return openness + evasion * (1.0 - openness) * shelf_openness


@mechanism
def pressure_table(world, surface, partner, open_at, fee_keep, fee_put, table, n):
    """Pressure on each partner's merchants in every state of the links, into (stages, 3·LANES)."""
    for k in range(len(open_at)):
        for p in range(3):
            live, video, shelf = open_at[k, 0, p], open_at[k, 1, p], open_at[k, 2, p]
            _pressure(
                world,
                surface[0],
                surface[1],
                surface[2],
                partner[p],
                live,
                video,
                shelf,
                fee_keep[k, p],
                fee_put[k, p],
                table[k, p * LANES : (p + 1) * LANES],
                n,
            )


@mechanism
def _pressure(world, live, video, shelf, partner, o_live, o_video, o_shelf, keep, put, into, n):
    for i in range(n):
        evasion = world[W.evasion + i]
        # Summed over what is closed, so that open links give exactly 0.
        closed = live[C.link_weight + i] * (1.0 - reach(o_live[i], o_shelf[i], evasion))
        closed += video[C.link_weight + i] * (1.0 - reach(o_video[i], o_shelf[i], evasion))
        closed += shelf[C.link_weight + i] * (1.0 - o_shelf[i])
        fee = keep[i] * partner[P.partner_fee + i] + put[i]
        dearer = max(fee - partner[P.partner_fee + i], 0.0)
        into[i] = min(max(closed + world[W.fee_pressure + i] * dearer, 0.0), 1.0)


@mechanism
def all_open(openness):
    """Whether every link is fully open, in every plan."""
    for c in range(3):
        for p in range(3):
            for plan in range(openness.shape[2]):
                if openness[c, p, plan] != 1.0:
                    return False
    return True


@mechanism
def set_links(world, surface, partner, openness, keep, put, n):
    """Openness, reach and fees of the week into their rows."""
    for c in range(3):
        for p in range(3):
            _set_link(
                world, surface[c], partner[p], p * LANES, openness[c, p], openness[2, p], c == 2, n
            )
    for p in range(3):
        _set_fee(partner[p], keep[p], put[p], n)


@mechanism
def _set_link(world, surface, partner, row, openness, shelf_openness, on_shelf, n):
    for i in range(n):
        opened = openness[i]
        reached = reach(opened, shelf_openness[i], world[W.evasion + i])
        linked = 1.0 - surface[C.closed_share + i]
        surface[C.openness_0 + row + i] = opened
        surface[C.reach_0 + row + i] = opened if on_shelf else reached
        surface[C.weight_0 + row + i] = linked * partner[P.partner_split + i]


@mechanism
def _set_fee(partner, keep, put, n):
    for i in range(n):
        partner[P.fee_now + i] = keep[i] * partner[P.partner_fee + i] + put[i]


@mechanism
def set_pressure(world, partner, stage, table, t, notice, n):
    """Pressure of week ``t`` and what is announced of it, into the partners' rows.

    ``notice`` is the longest notice of any of the worlds.
    """
    now = table[stage[t]]
    for p in range(3):
        _set_pressure(partner[p], now[p * LANES : (p + 1) * LANES], n)
    if stage[t + notice] == stage[t]:
        return
    for p in range(3):
        row = partner[p]
        for i in range(n):
            ahead = table[stage[t + int(world[W.notice_weeks + i])], p * LANES + i]
            more = max(ahead - row[P.pressure + i], 0.0)
            row[P.announced + i] = row[P.pressure + i] + world[W.anticipation + i] * more


@mechanism
def _set_pressure(partner, now, n):
    for i in range(n):
        partner[P.pressure + i] = now[i]
        partner[P.announced + i] = now[i]


@mechanism
def mean_openness(world, surface, partner, n):
    """Openness over all cells, weighted by the first week's link orders, into its series row."""
    for i in range(n):
        total = 0.0
        for c in range(3):
            for p in range(3):
                weight = surface[c, C.link_weight + i] * partner[p, P.partner_split + i]
                total += weight * surface[c, C.openness_0 + p * LANES + i]
        world[W.series_openness + i] = total
