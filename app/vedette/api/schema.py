"""JSON Schema from Python types, and values checked against the same types.

One definition serves three ends: mypy checks what a handler returns, ``describe`` writes it into the
OpenAPI document, and ``faults`` refuses a body that does not fit.
"""

import types
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Required,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from vedette.domain.json import JsonObject, JsonValue


@dataclass(frozen=True, slots=True)
class Between:
    """A whole number from *low* to *high*."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class AtMost:
    """A text or list of at most *length*."""

    length: int


@dataclass(frozen=True, slots=True)
class Help:
    text: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one member of a value; ``member`` is "" for the value as a whole."""

    member: str
    text: str


_PRIMITIVES: dict[Any, JsonObject] = {
    Any: {},
    None: {"type": "null"},
    type(None): {"type": "null"},
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
}
_WORDS: dict[Any, str] = {
    str: "A valid string is required.",
    int: "A valid integer is required.",
    float: "A valid number is required.",
    bool: "Must be a valid boolean.",
}


def members(shape: type) -> dict[str, Any]:
    """Return the members of a TypedDict or dataclass with their types, annotations included."""
    return {
        name: get_args(kind)[0] if get_origin(kind) in (Required, NotRequired) else kind
        for name, kind in get_type_hints(shape, include_extras=True).items()
    }


def marks(kind: Any) -> tuple[Any, ...]:
    """Return what an Annotated type says beside its type."""
    return kind.__metadata__ if get_origin(kind) is Annotated else ()


def bare(kind: Any) -> Any:
    """Return *kind* without its Annotated wrapping."""
    return get_args(kind)[0] if get_origin(kind) is Annotated else kind


def choices(kind: Any) -> tuple[Any, ...]:
    """Return the values a Literal or Enum allows, () for any other type."""
    if get_origin(kind) is Literal:
        return get_args(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return tuple(member.value for member in kind)
    return ()


def is_union(kind: Any) -> bool:
    return get_origin(kind) in (Union, types.UnionType)


def describe(kind: Any, components: JsonObject) -> JsonObject:
    """Return the schema of *kind*; TypedDicts are added to *components* under their name and referred to."""
    if kind in _PRIMITIVES:
        return dict(_PRIMITIVES[kind])
    if get_origin(kind) is Annotated:
        schema = describe(bare(kind), components)
        for mark in marks(kind):
            schema.update(_described_mark(mark, schema))
        return schema
    if allowed := choices(kind):
        return {"enum": list(allowed)}
    if is_union(kind):
        return {"anyOf": [describe(part, components) for part in get_args(kind)]}
    if is_typeddict(kind):
        return _described_members(kind, components)
    return _described_container(kind, components)


def _described_mark(mark: Any, schema: JsonObject) -> JsonObject:
    match mark:
        case Between(low, high):
            return {"minimum": low, "maximum": high}
        case AtMost(length):
            return {"maxItems" if schema.get("type") == "array" else "maxLength": length}
        case Help(text):
            return {"description": text}
        case _:
            return {}


def _described_members(kind: Any, components: JsonObject) -> JsonObject:
    name = kind.__name__
    if name not in components:
        components[name] = {}  # before its members, which may refer to it
        components[name] = {
            "type": "object",
            "properties": {key: describe(part, components) for key, part in members(kind).items()},
            "required": sorted(kind.__required_keys__),
        }
        if kind.__doc__:
            components[name]["description"] = kind.__doc__.strip().splitlines()[0]
    return {"$ref": f"#/components/schemas/{name}"}


def _described_container(kind: Any, components: JsonObject) -> JsonObject:
    origin, parts = get_origin(kind), get_args(kind)
    if origin is list or (origin is tuple and parts[1:] == (...,)):
        return {"type": "array", "items": describe(parts[0], components)}
    if origin is tuple:
        rows = [describe(part, components) for part in parts]
        return {"type": "array", "prefixItems": rows, "minItems": len(rows), "maxItems": len(rows)}
    if origin is dict:
        return {"type": "object", "additionalProperties": describe(parts[1], components)}
    raise TypeError(f"no JSON schema for {kind!r}")


def faults(value: JsonValue, kind: Any, member: str = "") -> Iterator[Fault]:
    """Yield what keeps *value* from being a *kind*. Members nobody declared are let through."""
    if get_origin(kind) is Annotated:
        wrong = list(faults(value, bare(kind), member))
        yield from wrong or (fault for mark in marks(kind) if (fault := _broken(value, mark, member)))
    elif allowed := choices(kind):
        # `1 == True` in Python, so the type has to be the same too.
        if not any(type(value) is type(one) and value == one for one in allowed):
            yield Fault(member, f"{str(value)[:80]!r} is not a valid choice.")
    elif is_union(kind):
        tried = [list(faults(value, part, member)) for part in get_args(kind)]
        if all(tried):
            yield tried[0][0]
    elif is_typeddict(kind):
        yield from _object_faults(value, kind, member)
    else:
        yield from _plain_faults(value, kind, member)


def _broken(value: JsonValue, mark: Any, member: str) -> Fault | None:
    match mark:
        case Between(low, high) if value is not None and not low <= value <= high:
            return Fault(member, f"Must be from {low} to {high}.")
        case AtMost(length) if value is not None and len(value) > length:
            return Fault(member, f"Must have no more than {length} characters.")
        case _:
            return None


def _object_faults(value: JsonValue, kind: Any, member: str) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield Fault(member, "An object is required.")
        return
    for key, part in members(kind).items():
        where = f"{member}.{key}" if member else key
        if key in value:
            yield from faults(value[key], part, where)
        elif key in kind.__required_keys__:
            yield Fault(where, "This field is required.")


def _plain_faults(value: JsonValue, kind: Any, member: str) -> Iterator[Fault]:
    if kind is Any:
        return
    if kind in (None, type(None)):
        if value is not None:
            yield Fault(member, "Must be null.")
    elif kind in _WORDS:
        fits = isinstance(value, (int, float) if kind is float else kind)
        if not fits or (isinstance(value, bool) and kind is not bool):
            yield Fault(member, _WORDS[kind])
    else:
        yield from _container_faults(value, kind, member)


def _container_faults(value: JsonValue, kind: Any, member: str) -> Iterator[Fault]:
    origin, parts = get_origin(kind), get_args(kind)
    if origin is dict:
        if not isinstance(value, dict):
            yield Fault(member, "An object is required.")
            return
        for key, one in value.items():
            yield from faults(one, parts[1], f"{member}.{key}")
        return
    if not isinstance(value, (list, tuple)):
        yield Fault(member, "A list is required.")
        return
    every = origin is list or parts[1:] == (...,)
    if not every and len(value) != len(parts):
        yield Fault(member, f"A list of {len(parts)} is required.")
        return
    for n, one in enumerate(value):
        yield from faults(one, parts[0] if every else parts[n], f"{member}[{n}]")
