"""How trust, habit and unserved wishes bear on leaving, rising and falling."""

from dataclasses import dataclass

from sim.declare import parameter


@dataclass(frozen=True, kw_only=True)
class Retention:
    """Elasticities of the audience's hazards."""

    churn_trust: float = parameter(
        0.4,
        unit="log_per_trust",
        between=(0.1, 1.0),
        limits=(0.0, 20.0),
        status="assumption",
        symbol="η^T",
    )
    churn_native_habit: float = parameter(
        0.2,
        unit="log_per_share",
        between=(0.0, 0.6),
        limits=(0.0, 20.0),
        status="assumption",
        symbol="η^Hn",
    )
    churn_external_habit: float = parameter(
        0.3,
        unit="log_per_share",
        between=(0.0, 1.0),
        limits=(0.0, 20.0),
        status="assumption",
        symbol="η^He",
    )
    churn_unserved: float = parameter(
        0.3,
        unit="log_per_share",
        between=(0.0, 1.0),
        limits=(0.0, 20.0),
        status="assumption",
        symbol="η^u",
    )
