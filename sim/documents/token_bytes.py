"""Numbers and parts of a link as bytes: short, exact to the last bit, and checked part by part."""

import binascii
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

# A decimal exponent from -20 to 9 shares a varint with its digits; 30 and 31 mean something else.
_LEAST: Final = -20
_NOTHING: Final = 30
_FAR: Final = 31
# Seventeen digits, a sign and the exponent take 64 bits.
_LONGEST_VARINT: Final = 10
_FURTHEST: Final = 400
# Python writes and reads integers of this size exactly; a larger power of ten is a float anyway.
_WHOLE: Final = 30
# A byte of a varint carries seven bits; the eighth says that another byte follows.
_BITS, _MORE = 127, 128
_PLAIN, _DEFLATED = 0, 1


class Damaged(Exception):
    """These bytes are no part of a link; never seen outside of ``sim.documents``."""


class TooMuch(Damaged):
    """A text that unpacks to more than is read; how much more is never found out."""


@dataclass
class Cursor:
    """Bytes and how far they have been read."""

    data: bytes
    at: int = 0

    @property
    def left(self) -> int:
        """How many bytes are not read yet."""
        return len(self.data) - self.at

    @property
    def done(self) -> bool:
        """Whether everything is read."""
        return not self.left

    def take(self, size: int) -> bytes:
        """The next bytes.

        Raises
        ------
        Damaged
            If there are fewer.
        """
        found = self.data[self.at : self.at + size]
        if len(found) < size:
            raise Damaged
        self.at += size
        return found

    def varint(self) -> int:
        """The next whole number from 0 up.

        Raises
        ------
        Damaged
            If it does not end, or is longer than any that is written.
        """
        found = 0
        for position in range(_LONGEST_VARINT):
            (byte,) = self.take(1)
            found |= (byte & _BITS) << 7 * position
            if byte < _MORE:
                return found
        raise Damaged

    def number(self) -> float | int | None:
        """The next number as :func:`number_bytes` wrote it.

        Raises
        ------
        Damaged
            If there is none.
        """
        packed = self.varint()
        digits, code = packed >> 5, packed & 31
        if code == _NOTHING:
            return None
        exponent = _unfolded(self.varint()) if code == _FAR else code + _LEAST
        if abs(exponent) > _FURTHEST:
            raise Damaged
        mantissa = _unfolded(digits)
        if 0 <= exponent <= _WHOLE:
            whole: int = mantissa * 10**exponent
            return whole
        # Through text, since mantissa * 10.0 ** exponent would round twice.
        return float(f"{mantissa}e{exponent}")


def varint_bytes(number: int) -> bytes:
    """A whole number from 0 up, seven bits a byte, least first."""
    found = bytearray()
    while number > _BITS:
        found.append(number & _BITS | _MORE)
        number >>= 7
    found.append(number)
    return bytes(found)


def number_bytes(number: float | int | None) -> bytes:
    """A finite number as the shortest decimal that gives exactly this float64, or "none"."""
    if number is None:
        return varint_bytes(_NOTHING)
    digits, exponent = _decimal(number)
    if _LEAST <= exponent < _LEAST + _NOTHING:
        return varint_bytes(_folded(digits) << 5 | exponent - _LEAST)
    return varint_bytes(_folded(digits) << 5 | _FAR) + varint_bytes(_folded(exponent))


def part_bytes(index: int, tag: int, payload: bytes) -> bytes:
    """One part of a link: tag, length, payload, and a checksum that knows its place."""
    framed = bytes([tag]) + varint_bytes(len(payload)) + payload
    return framed + _checksum(index, framed)


def parts_of(data: bytes) -> Iterator[tuple[int, bytes] | None]:
    """Each part as (tag, payload), or None for one that is damaged.

    A None for what cannot be cut into parts any more comes last.
    """
    cursor, index = Cursor(data), 0
    while not cursor.done:
        start = cursor.at
        try:
            (tag,) = cursor.take(1)
            payload = cursor.take(cursor.varint())
            framed = data[start : cursor.at]
            sound = cursor.take(2) == _checksum(index, framed)
        except Damaged:
            yield None
            return
        yield (tag, payload) if sound else None
        index += 1


def fingerprint(pieces: Iterable[bytes]) -> bytes:
    """Two bytes that change with what is in the pieces."""
    return binascii.crc_hqx(b"".join(pieces), 0).to_bytes(2, "big")


def text_bytes(text: str) -> bytes:
    """A text as UTF-8, deflated where that is shorter."""
    plain = text.encode("utf-8")
    squeezer = zlib.compressobj(9, wbits=-15)
    squeezed = squeezer.compress(plain) + squeezer.flush()
    if len(squeezed) < len(plain):
        return bytes([_DEFLATED]) + squeezed
    return bytes([_PLAIN]) + plain


def text_of_bytes(payload: bytes, *, longest: int) -> str:
    """The text that :func:`text_bytes` wrote.

    Raises
    ------
    Damaged
        If it is no text.
    TooMuch
        If it unpacks to more bytes than ``longest`` characters can take.
    """
    cursor = Cursor(payload)
    (method,) = cursor.take(1)
    plain = payload[1:]
    if method == _DEFLATED:
        plain = _inflated(plain, most=4 * longest)
    elif method != _PLAIN:
        raise Damaged
    try:
        return plain.decode("utf-8")
    except UnicodeDecodeError:
        raise Damaged from None


def _inflated(squeezed: bytes, *, most: int) -> bytes:
    opener = zlib.decompressobj(wbits=-15)
    try:
        # One byte more than is legal tells a full text from a bomb, which is never unpacked.
        plain = opener.decompress(squeezed, most + 1)
    except zlib.error:
        raise Damaged from None
    if len(plain) > most:
        raise TooMuch
    if not opener.eof or opener.unused_data:
        raise Damaged
    return plain


def _decimal(number: float | int) -> tuple[int, int]:
    """Signed digits and exponent of the shortest decimal that reads back as the same number."""
    exact = Decimal(number if isinstance(number, int) else repr(float(number)))
    sign, figures, exponent = exact.normalize().as_tuple()
    digits = int("".join(map(str, figures)))
    return (-digits if sign else digits), int(exponent) if digits else 0


def _checksum(index: int, framed: bytes) -> bytes:
    return binascii.crc_hqx(framed, 0xFFFF ^ index).to_bytes(2, "big")


def _folded(number: int) -> int:
    """A signed number as one from 0 up: 0, -1, 1, -2, 2 … as 0, 1, 2, 3, 4 …."""
    return number << 1 if number >= 0 else (-number << 1) - 1


def _unfolded(number: int) -> int:
    return -((number + 1) >> 1) if number & 1 else number >> 1
