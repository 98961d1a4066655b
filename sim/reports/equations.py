"""The equations of the model, typeset with the symbols that the parameters are declared with."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from sim.world import world_declarations

_PLACE: Final = re.compile(r"<(\w+)('?)(?:@(\w+))?>")
_SYMBOL: Final = re.compile(r"(?P<base>[^\^_]+)(?:\^(?P<up>[^_]+))?(?:_(?P<down>.+))?")
_SMALL: Final = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
# The two symbols that are not one letter with indices.
_WHOLE: Final = {"N_s/N": r"\tfrac{N_s}{N}", "s(t)": "s(t)"}
_INDICES: Final = frozenset("scp")


@dataclass(frozen=True, kw_only=True)
class Equation:
    """One equation: its LaTeX, and the parameters in it in the order in which they occur."""

    id: str
    latex: str
    parameters: tuple[str, ...]


@cache
def equations() -> Mapping[str, tuple[Equation, ...]]:
    """The equations of each mechanism, in the order of the file."""
    text = files(__package__).joinpath("equations.toml").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            mechanism: tuple(_equation(each["id"], each["latex"]) for each in rows)
            for mechanism, rows in tomllib.loads(text).items()
        }
    )


def parameters_of(mechanism: str) -> tuple[str, ...]:
    """The parameters in a mechanism's equations, each once, in the order in which they occur."""
    found = (name for each in equations()[mechanism] for name in each.parameters)
    return tuple(dict.fromkeys(found))


def _equation(id: str, template: str) -> Equation:
    def symbol(match: re.Match[str]) -> str:
        name, prime, index = match.groups()
        return latex_symbol(name, index=index, prime=bool(prime))

    names = (match.group(1) for match in _PLACE.finditer(template))
    return Equation(
        id=id, latex=_PLACE.sub(symbol, template), parameters=tuple(dict.fromkeys(names))
    )


def latex_symbol(parameter: str, *, index: str | None = None, prime: bool = False) -> str:
    """The declared symbol of a parameter in LaTeX; its index letter as is, primed, or replaced.

    Raises
    ------
    KeyError
        If there is no such parameter.
    """
    declaration = world_declarations()[parameter]
    declared = declaration.symbol
    if declared in _WHOLE:
        return _WHOLE[declared].replace("_s", f"_{{{_down('s', index, prime=prime)}}}")
    # A small zero at the end of a base is an index like any other: GMV₀ is GMV_0.
    plain = re.sub(r"([₀-₉]+)", lambda found: "_" + found[1].translate(_SMALL), declared)
    match = _SYMBOL.fullmatch(plain.replace("__", "_"))
    if match is None:
        raise ValueError(f"{parameter} has a symbol that cannot be typeset: {declared}")
    down = match["down"] or ""
    if declaration.members:
        down = _down(down, index, prime=prime)
    up = rf"^{{{_word(match['up'])}}}" if match["up"] else ""
    return _word(match["base"]) + up + (f"_{{{down}}}" if down else "")


def _down(down: str, index: str | None, *, prime: bool) -> str:
    letter, rest = down[:1], down[1:]
    if letter not in _INDICES or (rest and not rest.isdigit()):
        return down
    if index is not None:
        letter = index if index.startswith("\\") else rf"\mathrm{{{index}}}"
    return letter + ("'" if prime else "") + ("," if index and rest else "") + rest


def _word(text: str) -> str:
    """A letter as it is; several letters upright or slanted as one word, an accent as a command."""
    if text == "ĉ":
        return r"\hat{c}"
    if len(text) > 1 and text.isascii():
        return rf"\mathrm{{{text}}}" if text.isupper() else rf"\mathit{{{text}}}"
    return text
