"""The commands and their options; a refused document ends with status 2 and its reasons."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Final, TextIO

import sim
from sim.cases.catalogue import case
from sim.cli.library import add_library
from sim.cli.listings import case_list, parameters_json, parameters_table
from sim.cli.output import STANDARD, forget, require_other, save, tell
from sim.cli.questions import QUESTIONS
from sim.cli.running import add_running_options, running
from sim.errors import ClosedLoopError, Refused, unknown
from sim.scenario import Scenario

REFUSED: Final = 2
# The time was up, or the cluster broke down.
STOPPED: Final = 3
# What a shell reports for a program that ctrl-C ended.
INTERRUPTED: Final = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command and give its status: 0, 2 for what was refused, 3 for what was stopped."""
    if sys.stderr is None:
        # With standard error closed, reasons would be printed among the results. Open to the end.
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        _keep_printable(stream)
    options = _parser().parse_args(arguments)
    act: Callable[[argparse.Namespace], str] = options.act
    try:
        save(act(options), getattr(options, "out", STANDARD))
    except ClosedLoopError as error:
        tell(error)
        return REFUSED if isinstance(error, Refused) else STOPPED
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
    _add_questions(commands)
    add_library(commands)
    return parser


def _add_questions(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The analyses: all take a document, a format, and how they are to run."""
    for name, question in QUESTIONS.items():
        parser = commands.add_parser(name, help=question.help, description=question.help)
        parser.add_argument("file", metavar="FILE.toml", help="the scenario document, - for stdin")
        parser.add_argument("--format", choices=("table", "json", "csv"), default="table")
        parser.add_argument("--table", metavar="NAME", help="only this table of the answer")
        parser.add_argument("--out", metavar="PATH", default=STANDARD, help="where, - for stdout")
        add_running_options(parser)
        question.add_options(parser)
        parser.set_defaults(act=_ask, question=name)


def _ask(options: argparse.Namespace) -> str:
    scenario = _sampled(sim.read(options.file), options)
    _compile_with_a_note()
    # Imported after reading: what is wrong with a document is said without waiting for numba.
    from sim.cli.answer import FORMATS

    question = import_module(f"sim.cli.questions.{options.question}")
    with running(options) as how:
        try:
            found = question.answer(scenario, options, how)
        finally:
            how.clear()
    if options.table not in (None, *found.tables):
        raise Refused([unknown("--table", options.table, tuple(found.tables))])
    text = FORMATS[options.format](found, options.table)
    if found.incomplete is not None:
        save(text, options.out)
        raise found.incomplete
    return text


def _run(options: argparse.Namespace) -> str:
    scenario = sim.read(options.file)
    require_other(options.out, options.file)
    # Imported after reading: what is wrong with a document is said without waiting for numba.
    from sim.cli.result import FORMATS

    _compile_with_a_note()
    return FORMATS[options.format](sim.compare(scenario))


def _compile_with_a_note() -> None:
    from sim.engine.compiled import needs_compiling

    if needs_compiling():
        from sim.analyses.ahead import compile_ahead

        tell("Compiling the engine, once; this takes some fifteen seconds.")
        compile_ahead()


def _sampled(scenario: Scenario, options: argparse.Namespace) -> Scenario:
    """The scenario with the seed and number of worlds that the command asks for."""
    asked = {name: getattr(options, name) for name in ("seed", "worlds")}
    given = {name: value for name, value in asked.items() if value is not None}
    return replace(scenario, sampling=replace(scenario.sampling, **given))


def _cases(options: argparse.Namespace) -> str:
    if options.name is None:
        return case_list()
    return case(options.name).document


def _parameters(options: argparse.Namespace) -> str:
    return parameters_json() if options.format == "json" else parameters_table()
