"""Supply: merchants stay, migrate to the native shop, are adapted by an interface, or give up."""

from sim.engine.arithmetic import NOTHING, exp, leaving, log
from sim.engine.compiled import mechanism
from sim.engine.layout import P, W


@mechanism
def boost(world, n):
    """How much faster merchants migrate with more service providers than now."""
    for i in range(n):
        more = max(world[W.service_providers_now + i] - world[W.service_providers + i], 0.0)
        world[W.migration_boost + i] = 1.0 + world[W.service_provider_migration + i] * more


@mechanism
def next_native(world, n):
    """Native and onboarding merchants a week on, before anyone comes over from a partner."""
    for i in range(n):
        more = max(world[W.service_providers_now + i] - world[W.service_providers + i], 0.0)
        speed = 1.0 + world[W.service_provider_speed + i] * more
        ready = world[W.onboarding_now + i] * leaving(speed / world[W.onboarding_weeks + i])
        merchants = world[W.merchants_now + i]
        usual = world[W.native_gmv_per_merchant_0 + i] * world[W.clock + i]
        sales = max(world[W.series_gmv_native + i] / (merchants * usual), 1e-300)
        dearer = world[W.commission_now + i] - world[W.commission + i]
        entry = world[W.merchant_entry + i] * exp(
            world[W.entry_elasticity + i] * log(sales) - world[W.entry_commission + i] * dearer
        )
        came = merchants * leaving(entry)
        went = merchants * world[W.merchants_leaving + i]
        world[W.merchants_now + i] = merchants + ready + came - went
        world[W.onboarding_now + i] -= ready


@mechanism
def next_partners(world, partners, n):
    """Each partner's merchants a week on, and those of them who come to the native shop."""
    for p in range(len(partners)):
        partner = partners[p]
        for i in range(n):
            merchants = partner[P.merchants_now + i]
            left = partner[P.adaptable_left + i]
            some = merchants > 0.0
            adaptable = min(1.0, left / (merchants if some else 1.0)) if some else 0.0
            migrate = world[W.pressure_migration + i] * partner[P.announced + i]
            migrate = (world[W.drift_migration + i] + migrate) * world[W.migration_boost + i]
            adapt = world[W.adaptation + i] * partner[P.pressure + i] * adaptable
            give_up = world[W.pressure_exit + i] * partner[P.pressure + i]
            hazard = migrate + adapt + give_up
            # Competing hazards share what leaves in proportion.
            per_hazard = merchants * leaving(hazard) / max(hazard, NOTHING)
            migrated = per_hazard * migrate
            adapted = min(per_hazard * adapt, left)
            exited = per_hazard * give_up
            partner[P.merchants_now + i] = max(merchants - migrated - adapted - exited, 0.0)
            partner[P.adaptable_left + i] = max(left - adapted, 0.0)
            partner[P.migrated + i] += migrated
            partner[P.adapted + i] += adapted
            partner[P.exited + i] += exited
            new = 1.0 - world[W.multihoming + i]
            world[W.onboarding_now + i] += new * migrated
            world[W.merchants_now + i] += new * adapted
