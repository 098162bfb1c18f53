"""What a resource and an instrumentation scope say, in Vedette's words.

Source: traces.md §7 (OTLP mapping); OpenTelemetry's semantic conventions for resources.
"""

from dataclasses import dataclass

import orjson

from vedette.domain.json import JsonObject, JsonValue
from vedette.processing.otlp.values import Scope

# telemetry.sdk.language → platform, where they differ.
_PLATFORMS = {
    "dotnet": "csharp",
    "nodejs": "node",
    "js": "javascript",
    "webjs": "javascript",
    "cpp": "native",
    "rust": "native",
    "erlang": "elixir",
    "kotlin": "java",
    "swift": "cocoa",
}
_UNNAMED = "unknown_service"  # what SDKs put where nobody named the service


@dataclass(frozen=True, slots=True)
class Origin:
    """Who sent a record. ``attributes`` are those every record of the scope has, flat."""

    attributes: JsonObject
    resource: JsonObject
    platform: str
    sdk_name: str
    sdk_version: str
    service: str
    environment: str
    release: str
    scope: str


def origin_of(scope: Scope) -> Origin:
    """Return who *scope* stands for.

    The release is ``service.name@service.version``, as SDKs of Sentry write it, or the version alone.
    """
    resource = scope.resource
    language = _text(resource, "telemetry.sdk.language")
    platform = _PLATFORMS.get(language, language) or "other"
    name = _text(resource, "telemetry.sdk.name") or "opentelemetry"
    service, version = _text(resource, "service.name"), _text(resource, "service.version")
    named = service and not service.startswith(_UNNAMED)
    release = _text(resource, "sentry.release") or (f"{service}@{version}" if named and version else version)
    environment = (
        _text(resource, "sentry.environment")
        or _text(resource, "deployment.environment.name")
        or _text(resource, "deployment.environment")
    )
    attributes = {f"resource.{key}": flat(value) for key, value in resource.items()}
    attributes |= {f"instrumentation.{key}": flat(value) for key, value in scope.attributes.items()}
    known = {
        "instrumentation.name": scope.name,
        "instrumentation.version": scope.version,
        "sentry.platform": platform,
        "sentry.environment": environment,
        "sentry.release": release,
        "sentry.sdk.name": f"{name}.{language}" if language else name,
        "sentry.sdk.version": _text(resource, "telemetry.sdk.version"),
        "service.name": service,
    }
    attributes |= {key: value for key, value in known.items() if value}
    return Origin(
        attributes=attributes,
        resource=resource,
        platform=platform,
        sdk_name=known["sentry.sdk.name"],
        sdk_version=known["sentry.sdk.version"],
        service=service,
        environment=environment,
        release=release,
        scope=scope.name,
    )


class Origins:
    """The origins of one payload, each made once."""

    def __init__(self) -> None:
        self._made: dict[int, tuple[Scope, Origin]] = {}

    def of(self, scope: Scope) -> Origin:
        """Return who *scope* stands for."""
        # The scope is kept too, so that its number stays its own.
        found = self._made.get(id(scope))
        if found is None:
            found = self._made[id(scope)] = (scope, origin_of(scope))
        return found[1]


def flat(value: JsonValue) -> JsonValue:
    """Return an attribute as Sentry's protocol can carry it: objects and mixed arrays become JSON text."""
    kind = type(value)
    if kind is dict or (kind is list and any(type(one) in (dict, list) for one in value)):
        return orjson.dumps(value).decode()
    return value


def typed(attributes: JsonObject) -> JsonObject:
    """Return flat *attributes* with their types, as containers have them; those without a value left out."""
    return {
        key: {"value": value, "type": _TYPES.get(type(value), "string")}
        for key, value in attributes.items()
        if value is not None
    }


_TYPES: dict[type, str] = {bool: "boolean", int: "integer", float: "double", list: "array"}


def _text(attributes: JsonObject, name: str) -> str:
    value = attributes.get(name)
    return value[:200] if type(value) is str else ""
