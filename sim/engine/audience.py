"""The audience: viewers come, rise to regulars and fans, fall back, and leave."""

from sim.engine.arithmetic import exp, leaving
from sim.engine.compiled import mechanism
from sim.engine.layout import S, W


@mechanism
def flows(world, segments, n):
    """Who left, rose and fell this week in each segment, one cause after the other.

    Newcomers have nowhere to fall to.
    """
    for s in range(len(segments)):
        segment, lowest = segments[s], s == 0
        for i in range(n):
            trust = segment[S.streamer_trust_now + i] - segment[S.streamer_trust + i]
            trust += segment[S.platform_trust_now + i] - segment[S.platform_trust + i]
            trusting = world[W.churn_trust + i] * trust
            native_habit = segment[S.native_habit_now + i] - segment[S.native_habit + i]
            external_habit = segment[S.external_habit_now + i] - segment[S.external_habit + i]
            churn = segment[S.churn + i] * exp(
                world[W.churn_external_habit + i] * external_habit
                + world[W.churn_unserved + i] * segment[S.unserved + i]
                - world[W.churn_native_habit + i] * native_habit
                - trusting
            )
            lifted = exp(trusting)
            stock = segment[S.viewers_now + i]
            left = stock * leaving(churn)
            staying = stock - left
            rose = staying * leaving(segment[S.promotion + i] * lifted)
            remaining = staying - rose
            fell = remaining * leaving(segment[S.demotion + i] / lifted)
            segment[S.left + i] = left
            segment[S.rose + i] = rose
            segment[S.fell + i] = 0.0 if lowest else fell


@mechanism
def count_flows(world, segment, n):
    """Viewers, arrivals and leavers of the week into their series."""
    newcomer, regular, fan = segment[0], segment[1], segment[2]
    for i in range(n):
        world[W.series_viewers + i] = (
            newcomer[S.viewers_now + i] + regular[S.viewers_now + i] + fan[S.viewers_now + i]
        )
        world[W.series_acquired + i] = world[W.arrivals + i] * world[W.audience_factor + i]
        world[W.series_churned + i] = newcomer[S.left + i] + regular[S.left + i] + fan[S.left + i]


@mechanism
def move(world, segment, n):
    """All segments a week on."""
    newcomer, regular, fan = segment[0], segment[1], segment[2]
    for i in range(n):
        newcomer[S.viewers_now + i] = max(
            newcomer[S.viewers_now + i]
            - newcomer[S.left + i]
            - newcomer[S.rose + i]
            + regular[S.fell + i]
            + world[W.series_acquired + i],
            0.0,
        )
        regular[S.viewers_now + i] = max(
            regular[S.viewers_now + i]
            - regular[S.left + i]
            - regular[S.rose + i]
            - regular[S.fell + i]
            + newcomer[S.rose + i]
            + fan[S.fell + i],
            0.0,
        )
        fan[S.viewers_now + i] = max(
            fan[S.viewers_now + i] - fan[S.left + i] - fan[S.fell + i] + regular[S.rose + i], 0.0
        )
