"""Elementary functions that the compiler can spread over lanes, and the two helpers of the model.

``math.exp`` is a call into a library, once a number; an inlined polynomial is computed for several
worlds at once. Every function gives the same bits for a number wherever it stands in a batch:
the fused multiply-adds are asked for by name, never left to the compiler's choice.
Relative error below 1e-13 (tested against :mod:`math`).

References
----------
W. J. Cody and W. Waite (1980), Software Manual for the Elementary Functions, chapters 5 and 6.
"""

import math
from typing import Any, Final

from numba.core import types
from numba.extending import intrinsic

from sim.engine.compiled import JIT, formula, inlined

# Divided by instead of 0, where what is divided is 0 as well.
NOTHING: Final = 1e-300
# Beyond these an exponential is 0, or stays at the last finite one.
_LEAST: Final = -708.0
_MOST: Final = 709.0
_LOG2E: Final = 1.4426950408889634
# ln 2 in two parts: the first has so few digits that its product with a whole number is exact.
_LN2_HIGH: Final = 6.93147180369123816490e-01
_LN2_LOW: Final = 1.90821492927058770002e-10
# Adding and taking away 1.5 * 2**52 rounds to a whole number and leaves it in the low bits; 1023 more,
# and there it stands as the exponent of a power of two.
_ROUNDING: Final = 6755399441055744.0 + 1023.0
_TWO52: Final = 4503599627370496.0
_TWO52_BITS: Final = 0x4330000000000000
_ONE_BITS: Final = 0x3FF0000000000000
_ROOT_BITS: Final = 0x3FE6A09E667F3BCD  # of √½
_MANTISSA: Final = 0x000FFFFFFFFFFFFF

# (e**r - 1 - r) / r**2 on |r| <= ln(2) / 2, interpolated in Chebyshev points: 2e-15 of e**r at most.
_E0: Final = 0.5
_E1: Final = 0.16666666666648303
_E2: Final = 0.041666666666651364
_E3: Final = 0.008333333353718381
_E4: Final = 0.0013888888905872366
_E5: Final = 0.00019841208754547057
_E6: Final = 2.480153640702703e-05
_E7: Final = 2.76251033626167e-06
_E8: Final = 2.761379668517062e-07
# 2 (artanh(s) / s - 1) / s**2 in s**2, likewise, for the mantissas between 1/√2 and √2: 2e-15.
_L0: Final = 0.6666666666666208
_L1: Final = 0.40000000011207076
_L2: Final = 0.28571424138143403
_L3: Final = 0.2222286229978094
_L4: Final = 0.18140192942871242
_L5: Final = 0.16621830146532537


if JIT:
    from llvmlite import ir

    @intrinsic
    def _bits(typing: Any, number: Any) -> Any:
        """The bits of a float64 as an int64."""

        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            return builder.bitcast(arguments[0], ir.IntType(64))

        return types.int64(types.float64), generate

    @intrinsic
    def _number(typing: Any, bits: Any) -> Any:
        """The float64 that has these bits."""

        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            return builder.bitcast(arguments[0], ir.DoubleType())

        return types.float64(types.int64), generate

    @intrinsic
    def _fma(typing: Any, a: Any, b: Any, c: Any) -> Any:
        """The sum of c and a * b, rounded once."""

        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            return builder.fma(*arguments)

        return types.float64(types.float64, types.float64, types.float64), generate

    @formula
    def _exp_parts(x: float) -> tuple[float, float]:
        """2**k and q with e**x = 2**k * (1 + q), |ln(1 + q)| <= ln(2) / 2; nonsense beyond the ends."""
        rounded = _fma(x, _LOG2E, _ROUNDING)
        k = rounded - _ROUNDING
        r = _fma(k, -_LN2_LOW, _fma(k, -_LN2_HIGH, x))
        r2 = r * r
        r4 = r2 * r2
        # In pairs (Estrin), so that the processor works on several at once.
        low = _fma(r2, _fma(r, _E3, _E2), _fma(r, _E1, _E0))
        high = _fma(r2, _fma(r, _E7, _E6), _fma(r, _E5, _E4))
        high = _fma(r4, _E8, high)
        q = _fma(r2, _fma(r4, high, low), r)
        return _number(_bits(rounded) << 52), q

    @inlined
    def exp(x: float) -> float:
        """e**x; 0 below -708 and e**709 above 709."""
        power, q = _exp_parts(min(x, _MOST))
        return _fma(power, q, power) if x >= _LEAST else 0.0

    @inlined
    def expm1(x: float) -> float:
        """e**x - 1, precise for small x."""
        power, q = _exp_parts(min(max(x, _LEAST), _MOST))
        return _fma(power, q, power - 1.0)

    @inlined
    def leaving(hazard: float) -> float:
        """The share that a hazard >= 0 takes in a week, 1 - e**-hazard."""
        power, q = _exp_parts(max(-hazard, _LEAST))
        return -_fma(power, q, power - 1.0)

    @inlined
    def log(x: float) -> float:
        """ln(x) for finite x >= 2.3e-308."""
        # Counted from √½, so that the mantissa lies between √½ and √2.
        bits = _bits(x) + (_ONE_BITS - _ROOT_BITS)
        exponent = _number(((bits >> 52) & 0x7FF) | _TWO52_BITS) - (_TWO52 + 1023.0)
        mantissa = _number((bits & _MANTISSA) + _ROOT_BITS)
        # ln(m) = 2 artanh(s), |s| <= 0.172
        s = (mantissa - 1.0) / (mantissa + 1.0)
        z = s * s
        z2 = z * z
        high = _fma(z2, _fma(z, _L5, _L4), _fma(z, _L3, _L2))
        series = _fma(z2, high, _fma(z, _L1, _L0))
        fraction = _fma(s * z, series, s + s)
        return _fma(exponent, _LN2_HIGH, _fma(exponent, _LN2_LOW, fraction))

else:

    def exp(x: float) -> float:
        """e**x; 0 below -708 and e**709 above 709."""
        return math.exp(min(x, _MOST)) if x >= _LEAST else 0.0

    def expm1(x: float) -> float:
        """e**x - 1, precise for small x."""
        return math.expm1(min(max(x, _LEAST), _MOST))

    def leaving(hazard: float) -> float:
        """The share that a hazard >= 0 takes in a week, 1 - e**-hazard."""
        return -expm1(-hazard)

    def log(x: float) -> float:
        """ln(x) for finite x > 0."""
        return math.log(x)


@inlined
def relax(x: float, up: float, down: float) -> float:
    """One exact week of dx/dt = up (1 - x) - down x; x where nothing pulls."""
    rate = up + down
    rest = up / max(rate, NOTHING)
    return x + leaving(rate) * (rest - x)
