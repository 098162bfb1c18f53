"""An event's terms as a few bytes: numbers in rising order, each the distance from the one before, seven bits
a byte, the lowest first, the high bit set where more follow.
"""

from collections.abc import Iterable


def pack_terms(terms: Iterable[int]) -> bytes:
    """Return *terms*, positive numbers, packed; each once."""
    packed = bytearray()
    last = 0
    for term in sorted(set(terms)):
        distance = term - last
        last = term
        while distance > 0x7F:
            packed.append(distance & 0x7F | 0x80)
            distance >>= 7
        packed.append(distance)
    return bytes(packed)


def unpack_terms(packed: bytes) -> list[int]:
    """Return the terms in *packed*, rising."""
    terms: list[int] = []
    last = distance = shift = 0
    for byte in packed:
        distance |= (byte & 0x7F) << shift
        if byte & 0x80:
            shift += 7
            continue
        last += distance
        terms.append(last)
        distance = shift = 0
    return terms
