"""What if the links are cut? A simulator of the closed loop of a live-commerce platform.

``read`` a scenario, ``simulate`` or ``compare`` it. Importing this package imports no engine: that
comes, and the first time compiles, with the first run.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sim.analyses.compare import Comparison, Run, compare, simulate
    from sim.documents.toml_document import read
    from sim.errors import Refused
    from sim.policy import Move, Policy
    from sim.scenario import Scenario
    from sim.world import World

__version__ = "0.1.0"

__all__ = [
    "Comparison",
    "Move",
    "Policy",
    "Refused",
    "Run",
    "Scenario",
    "World",
    "__version__",
    "compare",
    "read",
    "simulate",
]

_HOMES: Final = {
    "Comparison": "sim.analyses.compare",
    "Move": "sim.policy",
    "Policy": "sim.policy",
    "Refused": "sim.errors",
    "Run": "sim.analyses.compare",
    "Scenario": "sim.scenario",
    "World": "sim.world",
    "compare": "sim.analyses.compare",
    "read": "sim.documents.toml_document",
    "simulate": "sim.analyses.compare",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
