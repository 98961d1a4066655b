"""Symbols of the worked week in LaTeX, by the id of the number on the sheet."""

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Final

from sim.analyses.by_hand.formula import names_in, typeset
from sim.analyses.by_hand.sheet import Line, parts_of
from sim.reports.equations import latex_symbol
from sim.sets import SEGMENTS
from sim.world import world_declarations

_SYMBOLS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "link_value": r"\bar v^x",
        "order_value": r"\bar v",
        "orders_0": r"O",
        "occasions_0": r"\Omega",
        "shopping": r"\Sigma",
        "index": r"\bar c",
        "f": r"f",
        "kappa": r"\kappa",
        "R": r"R",
        "R_d": r"R^d",
        "kappa_1": r"\kappa'",
        "lam": r"\lambda",
        "clock": r"z",
        "D_0": r"\mathcal{D}_0",
        "reach": r"\tilde o",
        "u_n": r"u^n",
        "u_x": r"u^x",
        "u_d": r"u^d",
        "e_d": r"E^d",
        "w": r"w",
        "I": r"I",
        "V": r"V",
        "V_d": r"V^d",
        "buy": r"\mathrm{Pr}",
        "p_n": r"\mathrm{Pr}^n",
        "p_x": r"\mathrm{Pr}^x",
        "p_d": r"\mathrm{Pr}^d",
        "p_0": r"\mathrm{Pr}^0",
        "all": r"\Sigma \mathrm{Pr}",
        "n": r"n",
        "x": r"x",
        "y": r"y",
        "I_open": r"I^{o}",
        "V_open": r"V^{o}",
        "wish": r"\mathrm{Pr}^{o}",
        "unserved": r"U",
        "orders_n": r"O^n",
        "orders_x": r"O^x",
        "orders_y": r"O^d",
        "gmv_n": r"\mathrm{GMV}^n",
        "gmv_x": r"\mathrm{GMV}^x",
        "gmv_links": r"\mathrm{GMV}^x",
        "gmv_d": r"\mathrm{GMV}^d",
        "closed_t": r"\chi^{\mathrm{GMV}}",
        "q_t": r"q_t",
        "n_0": r"n_0",
        "x_0": r"x_0",
        "good_0": r"\mathrm{good}_0",
        "bad_0": r"\mathrm{bad}_0",
        "a": r"a",
        "b": r"b",
        "good": r"\mathrm{good}",
        "bad": r"\mathrm{bad}",
        "up": r"\mathrm{up}",
        "down": r"\mathrm{down}",
        "T_1": r"T_{t+1}",
        "goodG_0": r"\mathrm{good}'_0",
        "badG_0": r"\mathrm{bad}'_0",
        "aG": r"a'",
        "bG": r"b'",
        "goodG": r"\mathrm{good}'",
        "badG": r"\mathrm{bad}'",
        "upG": r"\mathrm{up}'",
        "downG": r"\mathrm{down}'",
        "G_1": r"G_{t+1}",
        "leaked_0": r"\overline{(x+y)}_0",
        "r_e": r"\mu^e",
        "k_e": r"k^e",
        "r_n": r"\mu^n",
        "away": r"\mathrm{out}",
        "upE": r"\mathrm{up}^e",
        "He_1": r"\mathit{He}_{t+1}",
        "k_n": r"k^n",
        "upN": r"\mathrm{up}^n",
        "Hn_1": r"\mathit{Hn}_{t+1}",
        "rev_v": r"\mathrm{Rev}^v",
        "rev_n": r"\mathrm{Rev}^n",
        "rev_x": r"\mathrm{Rev}^x",
        "revenue": r"\mathrm{Rev}",
        "cost_r": r"\mathrm{Cost}^r",
        "cost_q": r"\mathrm{Cost}^q",
        "cost_c": r"\mathrm{Cost}^c",
        "cost_P": r"\mathrm{Cost}^P",
        "cost_B": r"\mathrm{Cost}^B",
        "cost": r"\mathrm{Cost}",
        "profit": r"\mathrm{Profit}",
        "T_t": r"T_t",
        "G_t": r"G_t",
        "He_t": r"\mathit{He}_t",
        "Hn_t": r"\mathit{Hn}_t",
        "N_t": r"N_t",
        "Mn_t": r"\mathit{Mn}_t",
        "M_t": r"M_t",
        "D_t": r"\mathcal{D}_t",
        "B_t": r"B_t",
        "g_t": r"g_t",
        "P_t": r"P_t",
        "c_t": r"c_t",
        "t": r"t",
        "coupon_t": r"\mathit{coupon}",
        "care_t": r"\mathit{care}",
        "crisis_t": r"k_t",
        "season_t": r"s(t)",
        "season_0": r"s(0)",
        "o": r"o",
        "f_t": r"f_t",
    }
)


def worked_symbol(name: str, short: Callable[[str], str], hidden: Collection[str] = ()) -> str:
    """A number of the sheet in LaTeX, its members as indices but for those that are ``hidden``.

    ``short`` gives the reader's word for a member.
    """
    id, members = parts_of(name)
    shown = [rf"\text{{{short(member)}}}" for member in members if member not in hidden]
    if id in world_declarations():
        if members and not shown:
            return latex_symbol(id)
        return latex_symbol(id, index=shown[0] if shown else None)
    symbol = _SYMBOLS[id]
    if not shown:
        return symbol
    # Its own index goes before those of the members: LaTeX takes one index a letter.
    base, underscore, own = symbol.rpartition("_")
    indices = [own.removeprefix("{").removesuffix("}"), *shown] if underscore else shown
    return rf"{base if underscore else symbol}_{{{','.join(indices)}}}"


def typeset_line(line: Line, short: Callable[[str], str], *, segment: str) -> str:
    """A line as an equation; the chosen segment is left out where no other one is about."""
    names = [line.name, *names_in(line.formula)]
    others = set(SEGMENTS) - {segment}
    alone = not any(others.intersection(parts_of(name)[1]) for name in names)
    hidden = {segment} if alone else set()
    right = typeset(line.formula, lambda name: worked_symbol(name, short, hidden))
    return f"{worked_symbol(line.name, short, hidden)} = {right}"
