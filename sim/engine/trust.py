"""Trust in streamers and in the platform: what each order that goes well or badly leaves behind.

References
----------
A. Jøsang and R. Ismail (2002), The Beta Reputation System, section 3.
"""

from sim.engine.arithmetic import relax
from sim.engine.compiled import mechanism
from sim.engine.layout import P, S, W


@mechanism
def next_trust(world, segments, partner, n):
    """Both trusts of each segment a week on; care reaches some more than others."""
    partner_0, partner_1, partner_2 = partner[0], partner[1], partner[2]
    for s in range(len(segments)):
        segment = segments[s]
        care_weight = 0.1 if s == 0 else (0.5 if s == 1 else 1.0)
        for i in range(n):
            native = segment[S.orders_native + i]
            link_0 = segment[S.orders_link_0 + i]
            link_1 = segment[S.orders_link_1 + i]
            link_2 = segment[S.orders_link_2 + i]
            quality_0 = partner_0[P.quality_partner + i]
            quality_1 = partner_1[P.quality_partner + i]
            quality_2 = partner_2[P.quality_partner + i]
            link_good = link_0 * quality_0 + link_1 * quality_1 + link_2 * quality_2
            link_bad = (
                link_0 * (1.0 - quality_0) + link_1 * (1.0 - quality_1) + link_2 * (1.0 - quality_2)
            )
            quality = world[W.quality_now + i]
            native_good = native * quality
            native_bad = native * (1.0 - quality)
            mended = world[W.guarantee_now + i] * world[W.remedy + i]
            care = world[W.care_now + i] * care_weight
            segment[S.streamer_trust_now + i] = relax(
                segment[S.streamer_trust_now + i],
                segment[S.streamer_trust_gain + i] * (native_good + link_good) + care,
                segment[S.streamer_trust_loss + i] * (native_bad + link_bad),
            )
            platform_bad = native_bad * (1.0 - mended) + world[W.blame + i] * link_bad
            segment[S.platform_trust_now + i] = relax(
                segment[S.platform_trust_now + i],
                segment[S.platform_trust_gain + i] * (native_good + native_bad * mended),
                segment[S.platform_trust_loss + i] * platform_bad
                + world[W.backlash + i] * segment[S.unserved + i],
            )


@mechanism
def crisis(world, segments, t, n):
    """A scandal takes its share of both trusts after the update of its week."""
    for s in range(len(segments)):
        segment = segments[s]
        for i in range(n):
            size = world[W.crisis_size + i] if world[W.crisis_week + i] == t else 0.0
            segment[S.streamer_trust_now + i] *= 1.0 - size
            segment[S.platform_trust_now + i] *= 1.0 - size
