"""URL parameters: a dataclass says which there are; its types, defaults and marks say what they may be."""

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin

from vedette.api.errors import ApiError
from vedette.api.schema import bare, choices, describe, faults, is_union, marks, members
from vedette.domain.json import JsonObject

Q = TypeVar("Q")

LONGEST = 4_096
"""Characters in one parameter; a query that long is a mistake or an attack."""

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Named:
    """The name in the URL, where it is not the field's own."""

    name: str


@dataclass(frozen=True, slots=True)
class NoParameters:
    """For operations that take none."""


def read_parameters(shape: type[Q], given: Mapping[str, Sequence[str]]) -> Q:
    """Return *shape* filled from *given*; what is not given keeps its default, what is unknown is ignored.

    Raises ApiError 400 for a value that does not fit.
    """
    values = {}
    for field, name, kind in _fields(shape):
        texts = given.get(name)
        if not texts:
            continue
        values[field.name] = _value(name, kind, texts)
    return shape(**values)


def describe_parameters(shape: type, components: JsonObject) -> list[JsonObject]:
    """Return the OpenAPI parameters of *shape*."""
    described = []
    for field, name, kind in _fields(shape):
        schema = describe(kind, components)
        text = schema.pop("description", "")
        if field.default not in (None, (), dataclasses.MISSING):
            schema["default"] = field.default
        described.append(
            {"name": name, "in": "query", "required": False, "schema": schema}
            | ({"description": text} if text else {})
        )
    return described


def _fields(shape: type) -> list[tuple[dataclasses.Field[Any], str, Any]]:
    kinds = members(shape)
    return [
        (
            field,
            next((mark.name for mark in marks(kinds[field.name]) if isinstance(mark, Named)), field.name),
            kinds[field.name],
        )
        for field in dataclasses.fields(shape)
    ]


def _value(name: str, kind: Any, texts: Sequence[str]) -> Any:
    for text in texts:
        if len(text) > LONGEST or "\0" in text:
            raise ApiError(400, f"Invalid value for {name}.")
    inner = bare(kind)
    if get_origin(inner) is tuple:
        value: Any = tuple(_single(name, get_args(inner)[0], text) for text in texts)
    else:
        value = _single(name, inner, texts[-1])
    for fault in faults(value, kind):
        raise ApiError(400, f"Invalid value for {name}: {fault.text}")
    return value


def _single(name: str, kind: Any, text: str) -> Any:
    if is_union(kind):
        kind = next(part for part in get_args(kind) if part is not NoneType)
    kind = bare(kind)
    if kind is bool:
        return _boolean(name, text)
    if kind is int:
        if not _WHOLE.fullmatch(text):
            raise ApiError(400, f"Invalid value for {name}: A valid integer is required.")
        return int(text)
    if choices(kind) and text not in choices(kind):
        raise ApiError(400, f"Invalid value for {name}: {text[:80]!r} is not a valid choice.")
    return text


def _boolean(name: str, text: str) -> bool:
    if text.lower() in _TRUE:
        return True
    if text.lower() in _FALSE:
        return False
    raise ApiError(400, f"Invalid value for {name}: Must be a valid boolean.")
