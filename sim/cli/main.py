"""The commands and their options; a refused document ends with status 2 and its reasons."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TextIO

import sim
from sim.cases.catalogue import case
from sim.cli.listings import case_list, parameters_json, parameters_table
from sim.cli.output import STANDARD, forget, require_other, save, tell
from sim.errors import Refused

REFUSED: Final = 2
# What a shell reports for a program that ctrl-C ended.
INTERRUPTED: Final = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command and give its exit status: 0, or 2 for what was refused."""
    if sys.stderr is None:
        # With standard error closed, reasons would be printed among the results. Open to the end.
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        _keep_printable(stream)
    options = _parser().parse_args(arguments)
    act: Callable[[argparse.Namespace], str] = options.act
    try:
        save(act(options), getattr(options, "out", STANDARD))
    except Refused as refused:
        tell(refused)
        return REFUSED
    except BrokenPipeError:
        # The reader has seen enough, as in `| head`.
        forget(sys.stdout)
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _keep_printable(stream: TextIO) -> None:
    """A terminal without Chinese letters gets escapes in their place, and not a traceback."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sim", description="What if the links are cut? A closed-loop simulator."
    )
    parser.add_argument("--version", action="version", version=f"sim {sim.__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="run a scenario and its reference")
    run.add_argument("file", metavar="FILE.toml", help="the scenario document, - for stdin")
    run.add_argument("--format", choices=("table", "json", "csv"), default="table")
    run.add_argument("--out", metavar="PATH", default=STANDARD, help="where to write, - for stdout")
    run.set_defaults(act=_run)
    cases = commands.add_parser("cases", help="list the cases, or print the document of one")
    cases.add_argument("name", metavar="NAME", nargs="?")
    cases.set_defaults(act=_cases)
    parameters = commands.add_parser("parameters", help="list every parameter")
    parameters.add_argument("--format", choices=("table", "json"), default="table")
    parameters.set_defaults(act=_parameters)
    return parser


def _run(options: argparse.Namespace) -> str:
    scenario = sim.read(options.file)
    require_other(options.out, options.file)
    # Imported after reading: what is wrong with a document is said without waiting for numba.
    from sim.cli.result import FORMATS
    from sim.engine.compiled import needs_compiling

    if needs_compiling():
        tell("Compiling the engine, once; this takes some twenty seconds.")
    return FORMATS[options.format](sim.compare(scenario))


def _cases(options: argparse.Namespace) -> str:
    if options.name is None:
        return case_list()
    return case(options.name).document


def _parameters(options: argparse.Namespace) -> str:
    return parameters_json() if options.format == "json" else parameters_table()
