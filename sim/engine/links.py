"""Links: how far open, at what fee, and the pressure that this puts on the partners' merchants."""

import numpy as np

from sim.engine.compiled import mechanism
from sim.engine.layout import LANES, C, P, W


def _lead(weeks, ramps, targets, keep, put):
    """One quantity under its moves, as keep·base + put: each move leads on from the week before.

    ``weeks`` is sorted; of the moves of one week, the last one rules.
    """
    horizon = len(keep)
    for week, ramp, target in zip(weeks, ramps, targets, strict=True):
        if week >= horizon:
            return
        # What an earlier move of the same week has put from here on is put anew.
        keep_from, put_from = (keep[week - 1], put[week - 1]) if week > 0 else (1.0, 0.0)
        way = np.minimum(1.0, np.arange(1, horizon - week + 1) / max(ramp, 1))
        # Written so that the end of the ramp is the target to the last digit.
        keep[week:] = (1.0 - way) * keep_from
        put[week:] = (1.0 - way) * put_from + way * target


def schedule(weeks, ramps, targets, acts, keep, put, stage):
    """What the moves make of the links week by week, whatever the world.

    Parameters
    ----------
    weeks, ramps : int64 arrays of shape (moves,), sorted by week
    targets : (12, moves): openness of the nine cells, surface by surface, then fees of the partners
    acts : bool (12, moves), which of these a move sets
    keep, put : (12, horizon), filled: the value of a week is keep · base + put
    stage : int64 (horizon,), filled: which of the distinct states of the links holds in a week

    Returns
    -------
    The number of distinct states.
    """
    # Once a policy, some numbers a week: arrays do it, and nothing has to be compiled.
    keep[:], put[:] = 1.0, 0.0
    for k in np.flatnonzero(acts.any(axis=1)):
        acting = acts[k]
        _lead(weeks[acting], ramps[acting], targets[k, acting], keep[k], put[k])
    changed = (keep[:, 1:] != keep[:, :-1]) | (put[:, 1:] != put[:, :-1])
    stage[0] = 0
    np.cumsum(changed.any(axis=0), out=stage[1:])
    return int(stage[-1]) + 1


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
        closed = live[C.link_weight + i] * (1.0 - reach(o_live, o_shelf, evasion))
        closed += video[C.link_weight + i] * (1.0 - reach(o_video, o_shelf, evasion))
        closed += shelf[C.link_weight + i] * (1.0 - o_shelf)
        fee = keep * partner[P.partner_fee + i] + put
        dearer = max(fee - partner[P.partner_fee + i], 0.0)
        into[i] = min(max(closed + world[W.fee_pressure + i] * dearer, 0.0), 1.0)


@mechanism
def all_open(openness):
    """Whether every link is fully open."""
    for c in range(3):
        for p in range(3):
            if openness[c, p] != 1.0:
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
        reached = reach(openness, shelf_openness, world[W.evasion + i])
        linked = 1.0 - surface[C.closed_share + i]
        surface[C.openness_0 + row + i] = openness
        surface[C.reach_0 + row + i] = openness if on_shelf else reached
        surface[C.weight_0 + row + i] = linked * partner[P.partner_split + i]


@mechanism
def _set_fee(partner, keep, put, n):
    for i in range(n):
        partner[P.fee_now + i] = keep * partner[P.partner_fee + i] + put


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
