"""How a stock moves in a week: section 1 of the model page."""

import numpy as np

from tests.yardstick.parameters import Array


def chance(hazard: Array) -> Array:
    """Probability that a hazard (per week) strikes within the week: 1 - exp(-hazard)."""
    return -np.expm1(-hazard)


def relax(level: Array, up: Array, down: Array) -> Array:
    """One exact week of dx/dt = up (1 - x) - down x; the level stays where both rates are 0."""
    rate = up + down
    safe_rate = np.where(rate == 0.0, 1.0, rate)
    moved = level + chance(rate) * (up / safe_rate - level)
    return np.where(rate == 0.0, level, moved)


def step_to(level: Array, target: Array, halflife: Array) -> Array:
    """One week towards the target, half of the way every `halflife` weeks."""
    return level + (1.0 - np.exp2(-1.0 / halflife)) * (target - level)


def competing_flows(stock: Array, hazards: Array) -> Array:
    """Persons or merchants who leave by each cause.

    Parameters
    ----------
    stock : (..., n) at the opening of the week.
    hazards : (causes, ..., n) per week.

    Returns
    -------
    (causes, ..., n). The causes share stock x (1 - exp(-sum)) in proportion to their hazards.
    """
    total = hazards.sum(axis=0)
    per_hazard = np.where(total == 0.0, 1.0, chance(total) / np.where(total == 0.0, 1.0, total))
    return stock * per_hazard * hazards
