"""Checks the fields of one JSON object against the protocol's types, converting what it converts.

The common case, every value already of its type, costs one comparison a field; only what differs is looked
at more closely. Unknown keys stay: newer SDKs send what this version has no name for yet.
"""

from collections.abc import Callable
from typing import NamedTuple

import orjson

from vedette.domain.json import JsonObject, JsonValue
from vedette.processing.faults import Faults, Path


class UnfitError(Exception):
    """A value that cannot be taken; the text is the protocol's reason."""


class Kind(NamedTuple):
    """A protocol type: the Python type that needs no look, and what to do with anything else."""

    settled: type | None  # None: always convert
    convert: Callable[[JsonValue], JsonValue]


class Shape:
    """The fields of one protocol structure."""

    __slots__ = ("_kinds", "_settled")

    def __init__(self, **fields: Kind) -> None:
        self._settled = {name: kind.settled for name, kind in fields.items()}
        self._kinds = fields

    def check(self, record: JsonObject, faults: Faults, path: Path) -> None:
        """Convert the values of *record* in place; what does not fit becomes null, with a fault."""
        settled = self._settled
        for key in [key for key, value in record.items() if settled.get(key) is not type(value)]:
            value = record[key]
            kind = self._kinds.get(key)
            if kind is None or value is None:
                continue
            try:
                record[key] = kind.convert(value)
            except UnfitError as unfit:
                record[key] = None
                faults.invalid((*path, key), value, str(unfit))


def as_object(value: JsonValue, faults: Faults, path: Path, what: str = "an object") -> JsonObject | None:
    """Return *value* if it is an object; else None, with a fault unless it was null."""
    if type(value) is dict:
        return value
    if value is not None:
        faults.invalid(path, value, f"expected {what}")
    return None


def list_values(value: JsonValue, faults: Faults, path: Path) -> JsonObject | None:
    """Return a list-like interface as ``{"values": […]}``, from that form, a bare list or a single object."""
    if type(value) is dict:
        if "values" not in value:
            return {"values": [value]} if value else None
        entries = value["values"]
        if type(entries) is dict:
            value["values"] = [entries]
        elif type(entries) is not list:
            value["values"] = []
            if entries is not None:
                faults.invalid((*path, "values"), entries, "expected an array")
        return value
    if type(value) is list:
        return {"values": value}
    if value is not None:
        faults.invalid(path, value, "expected an array")
    return None


def primitive_text(value: JsonValue) -> str | None:
    """Return a scalar in the protocol's spelling (``True``, ``3``, floats cut), None for anything else."""
    kind = type(value)
    if kind is str:
        return str(value)
    if kind is bool:
        return "True" if value else "False"
    if kind is int or kind is float:
        return str(int(value))
    return None


def json_text(value: JsonValue) -> str:
    """Return text as it is and anything else as compact JSON."""
    if type(value) is str:
        return str(value)
    try:
        return orjson.dumps(value).decode()
    except TypeError:  # orjson reads 1024 levels but writes 254
        return "<nested too deeply>"


def _text(value: JsonValue) -> JsonValue:
    raise UnfitError("expected a string")


def _lenient_text(value: JsonValue) -> JsonValue:
    text = primitive_text(value)
    if text is None:
        raise UnfitError("expected a primitive value")
    return text


def _unsigned(value: JsonValue) -> JsonValue:
    if (type(value) is int or (type(value) is float and value.is_integer())) and 0 <= value < 1 << 64:
        return int(value)
    raise UnfitError("expected an unsigned integer")


def _signed(value: JsonValue) -> JsonValue:
    if type(value) is float and value.is_integer() and -(1 << 63) <= value < 1 << 63:
        return int(value)
    raise UnfitError("expected a signed integer")


def _number(value: JsonValue) -> JsonValue:
    if type(value) is int:
        return float(value)
    raise UnfitError("expected a floating point number")


def _boolean(value: JsonValue) -> JsonValue:
    raise UnfitError("expected a boolean")


def _mapping(value: JsonValue) -> JsonValue:
    raise UnfitError("expected an object")


def _array(value: JsonValue) -> JsonValue:
    raise UnfitError("expected an array")


def _address(value: JsonValue) -> JsonValue:
    """Addresses come as ``0x…``, as decimal text or as a number; all leave as ``0x…``."""
    if type(value) is str:
        if value[:2] in ("0x", "0X"):
            return value
        if value.isascii() and value.isdigit() and len(value) <= 20:
            return hex(int(value))
    elif type(value) is int and value >= 0:
        return hex(value)
    raise UnfitError("expected an address")


TEXT = Kind(str, _text)
LENIENT_TEXT = Kind(str, _lenient_text)
JSON_TEXT = Kind(str, json_text)
UNSIGNED = Kind(None, _unsigned)
SIGNED = Kind(int, _signed)
NUMBER = Kind(float, _number)
BOOLEAN = Kind(bool, _boolean)
MAPPING = Kind(dict, _mapping)
ARRAY = Kind(list, _array)
ADDRESS = Kind(None, _address)
