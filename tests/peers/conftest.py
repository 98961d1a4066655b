"""The packages, each imported when a test first asks for it: seconds that no other test has to wait."""

import warnings
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

import pytest

from tests.needs import need


def imported(module: str) -> ModuleType:
    package = module.partition(".")[0]
    reason = None if find_spec(package) else f"{package} is not installed (extra peers)"
    need(reason, "PEERS", "comparisons with established packages")
    with warnings.catch_warnings():
        # EMA Workbench says at import which of its ways to run in parallel is not installed.
        warnings.filterwarnings("ignore", "ipyparallel not installed", UserWarning)
        return import_module(module)


@pytest.fixture(scope="session")
def salib_sample() -> ModuleType:
    return imported("SALib.sample.sobol")


@pytest.fixture(scope="session")
def salib_analyze() -> ModuleType:
    return imported("SALib.analyze.sobol")


@pytest.fixture(scope="session")
def ema_prim() -> ModuleType:
    return imported("ema_workbench.analysis.prim")


@pytest.fixture(scope="session")
def ema() -> ModuleType:
    return imported("ema_workbench")


@pytest.fixture(scope="session")
def ema_optimization() -> ModuleType:
    return imported("ema_workbench.em_framework.optimization")
