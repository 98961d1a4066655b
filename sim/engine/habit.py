"""Habits: of ordering outside, and of ordering in the native shop.

After being led outside often enough, buyers form the habit and stay with the other platform
(the mechanism that the article names).

References
----------
P. Lally et al. (2010), How Are Habits Formed, European Journal of Social Psychology 40(6).
"""

from sim.engine.arithmetic import relax
from sim.engine.compiled import mechanism
from sim.engine.layout import S, W


@mechanism
def next_habits(world, segments, n):
    """Both habits of each segment a week on."""
    for s in range(len(segments)):
        segment = segments[s]
        for i in range(n):
            away = segment[S.orders_link_0 + i] + segment[S.orders_link_1 + i]
            away += segment[S.orders_link_2 + i] + segment[S.orders_direct + i]
            segment[S.external_habit_now + i] = relax(
                segment[S.external_habit_now + i],
                world[W.external_habit_gain + i] * away,
                world[W.external_habit_loss + i],
            )
            segment[S.native_habit_now + i] = relax(
                segment[S.native_habit_now + i],
                segment[S.native_habit_gain + i] * segment[S.orders_native + i],
                segment[S.native_habit_loss + i],
            )
