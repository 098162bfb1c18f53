"""Which rules' conditions about one field a value satisfies, as a set of bits: bit *n* is rule *n*.

The same values come again and again, so answers are remembered. A value not met before is compared with
whole words and beginnings first, and with the other patterns only if it holds a text they cannot do without.
"""

from collections.abc import Iterable

from vedette.processing.grouping.globs import LONGEST_TEXT, Glob
from vedette.processing.grouping.stack_rules import PATH_FIELDS, FrameCondition

_REMEMBERED = 8192  # values of a field; the memory is emptied when it is full
_LONGEST_REMEMBERED = 1024  # characters

Value = str | bool | None


class FieldIndex:
    """All conditions about one field of one frame of those a rule looks at."""

    def __init__(
        self, field: str, conditions: Iterable[tuple[int, list[FrameCondition]]], every: int
    ) -> None:
        """*conditions*: the rules' bits and what they ask of *field*; *every* has all rules' bits."""
        self._is_path = field in PATH_FIELDS
        self._known: dict[Value, int] = {}
        self._exact: dict[str, int] = {}
        self._flags: dict[Value, int] = {}
        self._prefixes: dict[str, int] = {}
        self._patterns: dict[Glob, int] = {}
        self._wanted = self._unwanted = 0
        self._several: list[tuple[int, list[FrameCondition]]] = []
        self._free = every
        for bit, found in conditions:
            self._free &= ~bit
            if len(found) == 1:
                self._add(bit, found[0])
            else:
                self._several.append((bit, found))
        self._any_prefix = tuple(self._prefixes)
        self._searched = [
            (glob.needs, glob, bits)
            for glob, bits in self._patterns.items()
            if glob.exact is None and glob.prefix is None
        ]

    def _add(self, bit: int, condition: FrameCondition) -> None:
        if condition.matcher.is_negated:
            self._unwanted |= bit
        else:
            self._wanted |= bit
        glob = condition.glob
        if glob is None:
            for value in values_that_fit(condition):
                self._flags[value] = self._flags.get(value, 0) | bit
            return
        self._patterns[glob] = self._patterns.get(glob, 0) | bit
        if glob.exact is not None:
            self._exact[glob.exact] = self._exact.get(glob.exact, 0) | bit
        elif glob.prefix is not None:
            self._prefixes[glob.prefix] = self._prefixes.get(glob.prefix, 0) | bit

    def satisfied(self, value: Value) -> int:
        """Return the bits of the rules whose conditions here *value* satisfies, or that have none here."""
        found = self._known.get(value)
        if found is not None:
            return found
        found = self._compare(value)
        if not isinstance(value, str) or len(value) <= _LONGEST_REMEMBERED:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[value] = found
        return found

    def _compare(self, value: Value) -> int:
        fitting = self._flags.get(value, 0)
        if isinstance(value, str):
            for text in self._texts(value):
                fitting |= self._fitting(text)
        found = self._free | (fitting & self._wanted) | (self._unwanted & ~fitting)
        for bit, conditions in self._several:
            if all(self._holds(condition, value) for condition in conditions):
                found |= bit
        return found

    def _texts(self, value: str) -> tuple[str, ...]:
        return (value, f"/{value}") if self._is_path and not value.startswith("/") else (value,)

    def _fitting(self, text: str) -> int:
        if "\n" in text:
            whole = text[:LONGEST_TEXT].encode("utf-8", "replace")[:LONGEST_TEXT]
            return _bits(each for glob, each in self._patterns.items() if glob.fits_bytes(whole))
        fitting = self._exact.get(text, 0)
        if text.startswith(self._any_prefix):
            fitting |= _bits(bits for prefix, bits in self._prefixes.items() if text.startswith(prefix))
        for needs, glob, bits in self._searched:
            if needs in text and glob.fits(text):
                fitting |= bits
        return fitting

    def _holds(self, condition: FrameCondition, value: Value) -> bool:
        glob = condition.glob
        if glob is None:
            fits = value in values_that_fit(condition)
        else:
            fits = isinstance(value, str) and any(glob.fits(text) for text in self._texts(value))
        return fits is not condition.matcher.is_negated


def values_that_fit(condition: FrameCondition) -> tuple[Value, ...]:
    """Return the values that a condition about a family or about being in-app is about."""
    if condition.field == "app":
        return (condition.flag,)
    return ("native", "javascript", "other") if "all" in condition.choices else condition.choices


def _bits(parts: Iterable[int]) -> int:
    found = 0
    for part in parts:
        found |= part
    return found
