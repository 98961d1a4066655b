"""The order of a week, written once.

1. links      openness, fees and pressure of the week, from the schedule of moves
2. programmes coupon, care and quality in force, and how busy the season is
3. demand     assortment, pull of each link, choice in each cell, orders by segment
4. money      GMV by route, revenue, cost, profit
5. audience   who leaves, rises, falls and arrives
6. observe    the week's series: flows of the week, stocks at its opening
7. all stocks move at once: audience, supply, trust (and a crisis), habit, programmes, clocks

Steps 1 to 6 only read stocks; step 7 writes each stock in one place, from flows of steps 1 to 6.
"""

from sim.engine import (
    audience,
    calibrate,
    demand,
    habit,
    links,
    money,
    observe,
    programmes,
    steep,
    supply,
    trust,
)
from sim.engine.compiled import compiled, formula, mechanism
from sim.engine.layout import (
    CELL_SIZE,
    FIRST_CELL,
    FIRST_PARTNER,
    FIRST_SEGMENT,
    FIRST_SURFACE,
    PARTNER_SIZE,
    SEGMENT_SIZE,
    SURFACE_SIZE,
    WORLD_SIZE,
    P,
    S,
    W,
)


def blocks(work):
    """Views of the workspace by block: world, segments, surfaces, partners, cells."""
    # Cut here and not in compiled code, for which a reshape is a long story to compile.
    return (
        work[:WORLD_SIZE],
        work[FIRST_SEGMENT:FIRST_SURFACE].reshape((3, SEGMENT_SIZE)),
        work[FIRST_SURFACE:FIRST_PARTNER].reshape((3, SURFACE_SIZE)),
        work[FIRST_PARTNER:FIRST_CELL].reshape((3, PARTNER_SIZE)),
        work[FIRST_CELL:].reshape((3, 3, CELL_SIZE)),
    )


def prepare(work, status, n):
    """Rates of the first week for ``n`` worlds whose parameters stand in the workspace."""
    world, segment, surface, partner, cell = blocks(work)
    calibrate.first_week(world, segment, surface, partner, cell, status, n)


@compiled
def fill(work, at, packed, rows, drawn, start, n):
    """Parameters of ``n`` worlds into their rows: those all share, then those that are drawn."""
    for k in range(len(at)):
        for i in range(n):
            work[at[k] + i] = packed[k]
    for k in range(len(rows)):
        for i in range(n):
            work[at[rows[k]] + i] = drawn[k, start + i]


@compiled
def fill_levers(work, at, levers, values, sources, n):
    """Levers into their rows: the value itself, or the world's own number where it is "as now"."""
    for k in range(len(levers)):
        for i in range(n):
            now = work[at[max(sources[k], 0)] + i]
            work[levers[k] + i] = now if sources[k] >= 0 else values[k]


@mechanism
def open_stocks(world, segment, partner, n):
    """All stocks as they stand at the opening of week 0."""
    for i in range(n):
        world[W.merchants_now + i] = world[W.merchants_native + i]
        world[W.onboarding_now + i] = 0.0
        world[W.data_now + i] = world[W.closed_share_0 + i]
        world[W.brand_now + i] = world[W.brand_share + i]
        world[W.guarantee_now + i] = world[W.guarantee + i]
        world[W.service_providers_now + i] = world[W.service_providers + i]
        world[W.commission_now + i] = world[W.commission + i]
        world[W.market_factor + i] = 1.0
        world[W.audience_factor + i] = 1.0
    for s in range(3):
        row = segment[s]
        for i in range(n):
            row[S.viewers_now + i] = row[S.viewers_0 + i]
            row[S.streamer_trust_now + i] = row[S.streamer_trust + i]
            row[S.platform_trust_now + i] = row[S.platform_trust + i]
            row[S.external_habit_now + i] = row[S.external_habit + i]
            row[S.native_habit_now + i] = row[S.native_habit + i]
    for p in range(3):
        row = partner[p]
        for i in range(n):
            row[P.merchants_now + i] = row[P.merchants_partner + i]
            row[P.adaptable_left + i] = row[P.adaptable + i] * row[P.merchants_partner + i]
            row[P.migrated + i] = 0.0
            row[P.adapted + i] = 0.0
            row[P.exited + i] = 0.0


@formula
def _keep(work, kept, out, t, n):
    """The week's numbers of the rows that are kept."""
    for k in range(len(kept)):
        row = kept[k]
        for i in range(n):
            out[k, t, i] = work[row + i]


def run(
    work, season, stage, open_at, fee_keep, fee_put, pressures, first, last, weeks, kept, out, n
):
    """Run ``n`` prepared worlds from week ``first`` to before ``last``, of ``weeks`` in all.

    The rows at ``kept`` go into ``out`` (kept, weeks, LANES). A run that does not begin with week 0
    goes on from the stocks in the workspace.
    """
    world, segment, surface, partner, cell = blocks(work)
    schedule = season, stage, open_at, fee_keep, fee_put, pressures
    span = first, last, weeks
    _run_weeks(work, world, segment, surface, partner, cell, *schedule, *span, kept, out, n)


@compiled
def _run_weeks(
    work,
    world,
    segment,
    surface,
    partner,
    cell,
    season,
    stage,
    open_at,
    fee_keep,
    fee_put,
    pressures,
    first,
    last,
    weeks,
    kept,
    out,
    n,
):
    if first == 0:
        open_stocks(world, segment, partner, n)
    links.pressure_table(world, surface, partner, open_at, fee_keep, fee_put, pressures, n)
    all_open = True
    notice = len(stage) - weeks
    observed = observe.is_kept(kept)
    for t in range(first, last):
        k = stage[t]
        if t == first or k != stage[t - 1]:
            links.set_links(world, surface, partner, open_at[k], fee_keep[k], fee_put[k], n)
            links.mean_openness(world, surface, partner, n)
            all_open = links.all_open(open_at[k])
        links.set_pressure(world, partner, stage, pressures, t, notice, n)
        programmes.in_force(world, season[t], t, n)
        demand.assortment(world, partner, n)
        demand.pull(world, surface, partner, n)
        demand.moods(world, segment, n)
        demand.utilities(world, segment, surface, cell, n)
        demand.weigh(surface, cell, n)
        demand.choose(world, segment, cell, n)
        demand.order(segment, surface, cell, n)
        # Where every link is open nothing is left unserved.
        if not all_open:
            demand.weigh_open(surface, cell, open_at, k, n)
            demand.wish(world, segment, cell, open_at, k, n)
            demand.leave_unserved(segment, cell, n)
        steep.mend_steep(world, segment, surface, cell, n)
        money.sales(world, segment, partner, n)
        money.account(world, segment, n)
        audience.flows(world, segment, n)
        audience.count_flows(world, segment, n)
        if observed:
            observe.observe(world, segment, n)
            observe.observe_supply(world, partner, n)
        _keep(work, kept, out, t, n)
        audience.move(world, segment, n)
        supply.boost(world, n)
        supply.next_native(world, n)
        supply.next_partners(world, partner, n)
        trust.next_trust(world, segment, partner, n)
        trust.crisis(world, segment, t, n)
        habit.next_habits(world, segment, n)
        programmes.next_programmes(world, t, n)
