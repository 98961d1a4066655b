"""Every number of a scenario by place, and what a later model makes of the same document."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache

import sim
from sim.documents.toml_document import parse
from sim.policy import policy_declarations
from sim.scenario import Scenario
from sim.store.records import Model, Version
from sim.world import world_declarations


def settings_of(scenario: Scenario) -> Mapping[str, object]:
    """Every number that the model reads, by place, in the order of the declarations."""
    world = {f"world.{name}": scenario.world.value(name) for name in world_declarations()}
    policy = {f"policy.{name}": getattr(scenario.policy, name) for name in policy_declarations()}
    moves = {"policy.moves": [asdict(move) for move in scenario.policy.moves]}
    return {"weeks": scenario.weeks} | world | policy | moves


def changed_since(version: Version) -> Mapping[str, tuple[object, object]]:
    """Where the document of a version comes to another number now than when it was saved.

    By place, each as then and now; None for what there was not, or is no longer. A default or a case
    that has changed shows here; that the equations have changed shows in ``version.model``.

    Raises
    ------
    Refused
        If the document cannot be read any more.
    """
    now = as_kept(settings_of(parse(version.document)))
    places = [*version.settings, *(place for place in now if place not in version.settings)]
    pairs = {place: (version.settings.get(place), now.get(place)) for place in places}
    return {place: pair for place, pair in pairs.items() if pair[0] != pair[1]}


def as_kept(settings: Mapping[str, object]) -> dict[str, object]:
    """Settings as they come back from the library, where a tuple is a list."""
    found: dict[str, object] = json.loads(json.dumps(settings))
    return found


@cache
def this_model() -> Model:
    """The model of this program."""
    # Imported when something is saved: numba stands behind it.
    from sim.engine.compiled import fingerprint

    return Model(version=sim.__version__, fingerprint=fingerprint())
