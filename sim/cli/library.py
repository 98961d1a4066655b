"""``python -m sim library``: a copy of the library, back from a copy, and whether it is whole."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sim.errors import Fault, Refused

if TYPE_CHECKING:
    from sim.store.store import Store

_HELP: Final = {
    "backup": "copy the library, as of one moment, to a file",
    "restore": "fill an empty library from such a file",
    "check": "look at every scenario and version, and say what is not whole",
}


def add_library(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The command with its three actions; which library is meant is said by the environment."""
    parser = commands.add_parser("library", help="back up, restore or check the scenario library")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    acts: dict[str, Callable[[argparse.Namespace], str]] = {
        "backup": _backup,
        "restore": _restore,
        "check": _check,
    }
    for name, act in acts.items():
        action = actions.add_parser(name, help=_HELP[name])
        if name != "check":
            action.add_argument("path", metavar="PATH")
        action.add_argument(
            "--database", metavar="URL", help="else CLOSED_LOOP_DATABASE, else the user's library"
        )
        action.set_defaults(act=act)


def _backup(options: argparse.Namespace) -> str:
    from sim.store.backup import back_up

    with _library(options) as store:
        return f"{back_up(store.database, options.path)} scenarios copied\n"


def _restore(options: argparse.Namespace) -> str:
    from sim.store.backup import put_back

    with _library(options) as store:
        return f"{put_back(store.database, options.path)} scenarios put back\n"


def _check(options: argparse.Namespace) -> str:
    from sim.store.soundness import soundness

    with _library(options) as store:
        found = soundness(store.database)
    if found.faults:
        facts = {"got": f"{len(found.faults)}\n" + "\n".join(found.faults)}
        raise Refused([Fault(kind="not_whole_library", facts=facts)])
    return f"{found.scenarios} scenarios in {found.versions} versions, all whole\n"


@contextmanager
def _library(options: argparse.Namespace) -> "Iterator[Store]":
    # Imported when asked for: every other command starts without a database.
    from sim.store.store import open_store

    store = open_store(options.database)
    try:
        yield store
    finally:
        store.close()
