"""Formulas as a spreadsheet writes them: one text that is computed, shown with numbers, and typeset.

A formula is made of names, numbers, ``+ - * / ^``, brackets and ``EXP``, ``LN``, ``MAX``, ``MIN``.
What the reader sees and what is computed are the same text, so the one cannot drift from the other.
"""

import ast
import math
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

_NAME: Final = re.compile(r"[A-Za-z]\w*")
# The engine lets an exponential end here instead of overflowing.
_MOST: Final = 709.0


def _exp(x: float) -> float:
    return math.exp(min(x, _MOST))


_FUNCTIONS: Final[Mapping[str, Callable[..., float]]] = {
    "EXP": _exp,
    "LN": math.log,
    "MAX": max,
    "MIN": min,
}
_OPERATIONS: Final[Mapping[type, Callable[[float, float], float]]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
    ast.Pow: lambda a, b: a**b,
}
_STRENGTH: Final[Mapping[type, int]] = {ast.Add: 1, ast.Sub: 1, ast.Mult: 2, ast.Div: 4, ast.Pow: 3}


@lru_cache(maxsize=4096)
def _tree(formula: str) -> ast.expr:
    return ast.parse(formula.replace("^", "**"), mode="eval").body


def names_in(formula: str) -> list[str]:
    """The names a formula is made of, in order, each once."""
    found = (match.group() for match in _NAME.finditer(formula))
    return list(dict.fromkeys(name for name in found if name not in _FUNCTIONS))


def evaluate(formula: str, values: Mapping[str, float]) -> float:
    """What a formula comes to, in plain double precision.

    Raises
    ------
    KeyError
        If a name has no value.
    ValueError
        If the text is no formula of this kind.
    """
    return _value(_tree(formula), values)


def _value(node: ast.expr, values: Mapping[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name(id=name):
            return values[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, values)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATIONS:
            return _OPERATIONS[type(op)](_value(left, values), _value(right, values))
        case ast.Call(func=ast.Name(id=name), args=arguments) if name in _FUNCTIONS:
            return _FUNCTIONS[name](*(_value(each, values) for each in arguments))
    raise ValueError(f"no formula: {ast.unparse(node)}")


def with_numbers(
    formula: str, values: Mapping[str, float], write: Callable[[float], str] = repr
) -> str:
    """The formula with numbers for names: it can be typed into a calculator or a spreadsheet."""

    def number(match: re.Match[str]) -> str:
        name = match.group()
        if name in _FUNCTIONS:
            return name
        text = write(values[name])
        return f"({text})" if text.startswith("-") else text

    return _NAME.sub(number, formula)


def typeset(formula: str, symbol: Callable[[str], str]) -> str:
    """The formula in LaTeX; ``symbol`` gives the LaTeX of a name."""
    return _latex(_tree(formula), symbol, 0)


def _latex(node: ast.expr, symbol: Callable[[str], str], outer: int) -> str:
    match node:
        case ast.Constant(value=number):
            mantissa, _, exponent = str(number).partition("e")
            return rf"{mantissa} \cdot 10^{{{exponent}}}" if exponent else mantissa
        case ast.Name(id=name):
            return symbol(name)
        case ast.UnaryOp(operand=operand):
            return f"-{_latex(operand, symbol, 2)}"
        case ast.Call(func=ast.Name(id=name), args=arguments):
            inner = [_latex(each, symbol, 0) for each in arguments]
            if name == "EXP":
                return f"e^{{{inner[0]}}}"
            return rf"\{name.lower()}\left({', '.join(inner)}\right)"
        case ast.BinOp(left=left, op=op, right=right):
            return _latex_operation(left, op, right, symbol, outer)
    raise ValueError(f"no formula: {ast.unparse(node)}")


def _latex_operation(
    left: ast.expr, op: ast.operator, right: ast.expr, symbol: Callable[[str], str], outer: int
) -> str:
    strength = _STRENGTH[type(op)]
    if isinstance(op, ast.Div):
        return rf"\frac{{{_latex(left, symbol, 0)}}}{{{_latex(right, symbol, 0)}}}"
    if isinstance(op, ast.Pow):
        return f"{{{_latex(left, symbol, 5)}}}^{{{_latex(right, symbol, 0)}}}"
    if isinstance(op, ast.Mult):
        text = rf"{_latex(left, symbol, 2)} \cdot {_latex(right, symbol, 3)}"
    else:
        sign = "+" if isinstance(op, ast.Add) else "-"
        # What is taken away is bracketed when it is a sum.
        side = 1 if sign == "+" else 2
        text = f"{_latex(left, symbol, 1)} {sign} {_latex(right, symbol, side)}"
    return rf"\left({text}\right)" if strength < outer else text
