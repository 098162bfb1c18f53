"""What containers of logs and metrics have in common: their form, attributes, and what is inferred.

Source: envelope.md §3.3 (containers, `ingest_settings`, attribute types).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import orjson

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.processed import Arrival
from vedette.processing.parsing import parse_object
from vedette.processing.user_agents import parse_user_agent

MOST_ITEMS = 100_000
_TEXT = 200


@dataclass(frozen=True, slots=True)
class Container:
    """The entries of a container, and what may be inferred about whoever sent them."""

    items: list[JsonValue]
    infers_address: bool = False
    infers_user_agent: bool = False


def read_container(payload: bytes, reason: Reason, what: str, *, old_infers_agent: bool = False) -> Container:
    """Return the container of *what* in *payload*.

    With *old_infers_agent*, containers without a version, or of version 1, have the user agent inferred; of
    others only their `ingest_settings` decide. Raises IngestError: BAD_JSON, or *reason*.
    """
    document = parse_object(payload, reason)
    items = document.get("items")
    if type(items) is not list:
        raise IngestError(reason, f"invalid {what} container: items is missing or not a list")
    if len(items) > MOST_ITEMS:
        raise IngestError(reason, f"invalid {what} container: more than {MOST_ITEMS:,} entries")
    return container_of(document, items, old_infers_agent=old_infers_agent)


def container_of(
    document: JsonObject, items: list[JsonValue], *, old_infers_agent: bool = False
) -> Container:
    """Return *items* with what *document*, which holds them, lets be inferred; see `read_container`."""
    if old_infers_agent and document.get("version") in (None, 1):
        return Container(items, infers_user_agent=True)
    settings = document.get("ingest_settings")
    if type(settings) is not dict or document.get("version") == 0:
        return Container(items)
    return Container(items, settings.get("infer_ip") == "auto", settings.get("infer_user_agent") == "auto")


def inferred_attributes(container: Container, arrival: Arrival) -> tuple[tuple[str, str], ...]:
    """Return the attributes that only the request tells, as far as the sender lets them be inferred."""
    found: list[tuple[str, str]] = []
    agent = arrival.user_agent or ""
    # Server SDKs name themselves here; only a browser is the user's.
    if container.infers_user_agent and agent.startswith("Mozilla/"):
        browser = parse_user_agent(agent).browser
        if browser is not None:
            found.append(("browser.name", browser.name))
            if browser.version:
                found.append(("browser.version", browser.version))
    if container.infers_address and arrival.client_ip:
        found.append(("user.ip_address", arrival.client_ip))
    return tuple(found)


def attribute_text(attributes: JsonObject, *names: str) -> str | None:
    """Return the first of *names* that is a text in typed *attributes*, at most 200 characters; else None."""
    for name in names:
        entry = attributes.get(name)
        if type(entry) is dict:
            value = entry.get("value")
            if type(value) is str and value:
                return value[:_TEXT]
    return None


def trace_text(arrival: Arrival, name: str) -> str | None:
    """Return the text *name* of the envelope's trace header, None if it says none."""
    value = (arrival.trace or {}).get(name)
    return value[:_TEXT] if type(value) is str and value else None


_TYPES: dict[str, Callable[[JsonValue], bool]] = {
    "string": lambda value: type(value) is str,
    "boolean": lambda value: type(value) is bool,
    "integer": lambda value: type(value) is int and -(1 << 63) <= value < 1 << 63,
    "double": lambda value: type(value) in (int, float),
    "array": lambda value: type(value) is list and _is_homogeneous(value),
}


def _is_homogeneous(values: Iterable[JsonValue]) -> bool:
    kinds = {type(value) for value in values}
    return len(kinds) <= 1 and kinds <= {str, bool, int, float}


@dataclass(frozen=True, slots=True)
class Attribute:
    """A typed attribute. ``value`` is None where it is not of its ``type``."""

    value: JsonValue
    type: str  # string, boolean, integer, double or array
    unit: str = ""


def typed_attributes(sent: JsonValue) -> dict[str, Attribute]:
    """Return ``{"key": {"value": …, "type": …, "unit"?: …}}`` without those of unknown type."""
    found: dict[str, Attribute] = {}
    for key, entry in sent.items() if type(sent) is dict else ():
        if type(entry) is not dict:
            continue
        kind, value, unit = entry.get("type"), entry.get("value"), entry.get("unit")
        if isinstance(kind, str) and kind in _TYPES:
            fitting = value if _TYPES[kind](value) else None
            found[key] = Attribute(fitting, kind, unit if isinstance(unit, str) else "")
    return found


def attributes_json(sent: JsonValue) -> JsonObject:
    """Return typed attributes as JSON: key → ``{value, type, unit?}``."""
    return {
        key: {"value": attribute.value, "type": attribute.type}
        | ({"unit": attribute.unit} if attribute.unit else {})
        for key, attribute in typed_attributes(sent).items()
    }


def stored_entries(payload: bytes) -> list[JsonValue]:
    """Return the entries of a stored container by their place; none of what cannot be read."""
    try:
        document = orjson.loads(payload)
    except orjson.JSONDecodeError:
        return []
    items = document.get("items") if type(document) is dict else None
    return items if type(items) is list else []
