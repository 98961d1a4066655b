"""How sure a world is, as it stands in a document: spreads, pairs, and how worlds are drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sim.declare import Declaration, Value
from sim.documents.homes import note_strange, note_unknown
from sim.documents.values import is_number, number_of
from sim.errors import Fault
from sim.shown import key_shown, shown
from sim.uncertainty import (
    COEFFICIENT_LIMITS,
    MOST_CORRELATIONS,
    SHAPES,
    Correlation,
    Sampling,
    Spread,
    Uncertainty,
    correlation_faults,
    spread_faults,
    uncertainty_faults,
)
from sim.world import world_declarations

# Where a case states a spread and the scenario wants the declared one again.
AS_DECLARED: Final = "as_declared"
_SPREAD: Final = ("shape", "low", "high")
_PAIR: Final = ("between", "coefficient")
_SAMPLING: Final = ("seed", "worlds")


def sampling_of(raw: Mapping[str, Any], base: Sampling, faults: list[Fault]) -> Sampling:
    """The seed and the number of worlds; what is left out is as in ``base``."""
    given: dict[str, Any] = {}
    for name, value in raw.items():
        if name in _SAMPLING:
            given[name] = value
        else:
            note_strange(faults, f"sampling.{key_shown(name)}", name, _SAMPLING)
    found = replace(base, **given)
    wrong = [*uncertainty_faults(Uncertainty(), found)]
    faults.extend(_as_written(each, given.get(each.place.partition(".")[2])) for each in wrong)
    return base if wrong else found


def spreads_of(raw: Mapping[str, Any], base: Uncertainty, faults: list[Fault]) -> Uncertainty:
    """What is stated of each parameter on top of ``base``."""
    found, declarations = base, world_declarations()
    for name, stated in raw.items():
        if name not in declarations:
            note_strange(faults, f"uncertainty.{key_shown(name)}", name, tuple(declarations))
        elif stated == AS_DECLARED:
            found = found.with_spread(name, None)
        else:
            spread = _spread(f"uncertainty.{name}", stated, declarations[name], faults)
            if spread is not None:
                wrong = [*spread_faults(name, spread)]
                faults.extend(wrong)
                found = found if wrong else found.with_spread(name, spread)
    return found


def correlations_of(raw: object, faults: list[Fault]) -> tuple[Correlation, ...]:
    """The pairs, all of them: a document that names one replaces those of its case."""
    if not isinstance(raw, list) or not all(isinstance(each, dict) for each in raw):
        facts = {"legal": "[[correlations]]", "got": shown(raw)}
        faults.append(Fault(kind="wrong_type", place="correlations", facts=facts))
        return ()
    if len(raw) > MOST_CORRELATIONS:
        many = {"got": len(raw), "legal": MOST_CORRELATIONS}
        faults.append(Fault(kind="too_many", place="correlations", facts=many))
        return ()
    before = len(faults)
    pairs = [_pair(f"correlations[{index}]", each, faults) for index, each in enumerate(raw)]
    found = tuple(each for each in pairs if each is not None)
    if len(faults) == before:
        faults.extend(correlation_faults(found))
    return found if len(faults) == before else ()


def _spread(
    place: str, raw: object, declaration: Declaration, faults: list[Fault]
) -> Spread | None:
    """A shape by its name, or a table of shape, low and high."""
    stated = {"shape": raw} if isinstance(raw, str) else raw
    if not isinstance(stated, dict):
        legal = f'"{AS_DECLARED}" / ' + " / ".join(f'"{each}"' for each in SHAPES)
        facts = {"legal": f"{legal} / {{ shape = …, low = …, high = … }}", "got": shown(raw)}
        faults.append(Fault(kind="wrong_type", place=place, facts=facts))
        return None
    before = len(faults)
    for name in stated:
        if name not in _SPREAD:
            note_unknown(faults, f"{place}.{key_shown(name)}", name, _SPREAD)
    shape = stated.get("shape", "pert")
    if shape not in SHAPES:
        note_unknown(faults, f"{place}.shape", str(shape), (*SHAPES, AS_DECLARED))
    bounds = {
        side: _bound(f"{place}.{side}", stated[side], declaration, faults)
        for side in ("low", "high")
        if side in stated
    }
    return None if len(faults) > before else Spread(shape=shape, **bounds)


def _bound(place: str, raw: object, declaration: Declaration, faults: list[Fault]) -> Value | None:
    """One number for all members, or one for each, by name or in their order."""
    if not declaration.members or is_number(raw):
        found = number_of(place, raw, replace(declaration, whole=False), faults)
        return None if found is None else float(found)
    each = raw
    if isinstance(raw, dict):
        for name in [name for name in raw if name not in declaration.members]:
            note_unknown(faults, f"{place}.{key_shown(name)}", name, declaration.members)
        for name in [name for name in declaration.members if name not in raw]:
            facts = {"legal": declaration.unit}
            faults.append(Fault(kind="missing", place=f"{place}.{name}", facts=facts))
        each = [raw[name] for name in declaration.members if name in raw]
    if not isinstance(each, list) or len(each) != declaration.size:
        if not isinstance(raw, dict):
            got = len(each) if isinstance(each, list) else shown(raw)
            length = {"legal": declaration.size, "got": got}
            faults.append(Fault(kind="wrong_length", place=place, facts=length))
        return None
    members = zip(declaration.members, each, strict=True)
    numbers = [number_of(f"{place}.{name}", one, declaration, faults) for name, one in members]
    sound = [float(number) for number in numbers if number is not None]
    return tuple(sound) if len(sound) == len(numbers) else None


def _pair(place: str, raw: Mapping[str, Any], faults: list[Fault]) -> Correlation | None:
    before = len(faults)
    for name in raw:
        if name not in _PAIR:
            note_unknown(faults, f"{place}.{key_shown(name)}", name, _PAIR)
    names: object = raw.get("between")
    if not _are_two(names):
        legal = '["…", "…"]'
        facts = {"legal": legal, "got": shown(names) if "between" in raw else "–"}
        faults.append(Fault(kind="wrong_type", place=f"{place}.between", facts=facts))
    if "coefficient" not in raw:
        low, high = COEFFICIENT_LIMITS
        legal = f"{low:g} … {high:g}"
        faults.append(Fault(kind="missing", place=f"{place}.coefficient", facts={"legal": legal}))
    if len(faults) > before:
        return None
    return Correlation(
        first=raw["between"][0], second=raw["between"][1], coefficient=raw["coefficient"]
    )


def _are_two(names: object) -> bool:
    return (
        isinstance(names, Sequence)
        and not isinstance(names, str)
        and len(names) == 2
        and all(isinstance(each, str) for each in names)
    )


def _as_written(fault: Fault, raw: object) -> Fault:
    return replace(fault, facts={**fault.facts, "got": shown(raw)})
