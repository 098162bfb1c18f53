"""Contexts, user, flags, SDK and packages of an event as titled groups of values. Pure."""

from dataclasses import dataclass

from vedette.desktop.language import mark, tr
from vedette.desktop.widgets.json_values import inner_meta, is_container
from vedette.domain.json import JsonObject, JsonValue

_TITLES = {
    "app": mark("App"),
    "browser": mark("Browser"),
    "client_os": mark("Client system"),
    "cloud_resource": mark("Cloud resource"),
    "culture": mark("Culture"),
    "device": mark("Device"),
    "gpu": mark("GPU"),
    "memory_info": mark("Memory"),
    "os": mark("Operating system"),
    "otel": mark("OpenTelemetry"),
    "response": mark("Response"),
    "runtime": mark("Runtime"),
    "state": mark("State"),
    "threadpool_info": mark("Thread pool"),
    "trace": mark("Trace"),
}
_FIRST = ("browser", "runtime", "client_os", "os", "device", "app", "gpu", "trace", "response")
_UNSAID = ("type", "browser", "runtime", "os")  # the normaliser's own joined texts, and the kind


@dataclass(frozen=True, slots=True)
class Facts:
    """One titled group. *is_flat*: every value is plain, so a table shows it; else it wants a tree."""

    key: str
    title: str
    values: JsonObject
    meta: JsonValue = None

    @property
    def is_flat(self) -> bool:
        return not any(is_container(value) for value in self.values.values()) and not self.meta


def context_groups(event: JsonObject) -> tuple[Facts, ...]:
    """Return every context that says something: the usual ones first, strangers after them by name.

    Flags have a group of their own and are not among them; ``extra`` is the last.
    """
    contexts = event.get("contexts") or {}
    meta = inner_meta(event.get("_meta"), "contexts")
    order = [key for key in _FIRST if key in contexts]
    order += sorted(key for key in contexts if key not in _FIRST)
    found = []
    for key in order:
        values = contexts[key]
        if key == "flags" or not isinstance(values, dict):
            continue
        kept = {name: value for name, value in values.items() if _is_said(name, value, values)}
        if kept:
            found.append(Facts(key, _title(key, values), kept, inner_meta(meta, key)))
    extra = event.get("extra")
    if isinstance(extra, dict) and extra:
        found.append(Facts("extra", tr("Additional data"), extra, inner_meta(event.get("_meta"), "extra")))
    return tuple(found)


def _title(key: str, values: JsonObject) -> str:
    title = _TITLES.get(key)
    kind = values.get("type")
    if title is None and isinstance(kind, str) and kind in _TITLES:
        return f"{tr(_TITLES[kind])} ({key})"
    return tr(title) if title is not None else key.replace("_", " ")


def _is_said(name: str, value: JsonValue, values: JsonObject) -> bool:
    if value is None:
        return False
    if name == "type":
        return False
    return not (name in _UNSAID and name == values.get("type") and bool(values.get("name")))


def flag_rows(event: JsonObject) -> tuple[tuple[str, JsonValue], ...]:
    """Return the feature flags looked at before the event, newest last."""
    values = ((event.get("contexts") or {}).get("flags") or {}).get("values") or ()
    return tuple((str(flag.get("flag")), flag.get("result")) for flag in values if isinstance(flag, dict))


def user_rows(event: JsonObject) -> tuple[tuple[str, JsonValue], ...]:
    """Return who it happened to: id, e-mail, name, address, then whatever else was sent."""
    user = event.get("user")
    if not isinstance(user, dict):
        return ()
    names = {"ip_address": "ip"}
    first = ("id", "email", "username", "name", "ip_address")
    order = [*first, *(name for name in user if name not in first and name != "sentry_user")]
    found: list[tuple[str, JsonValue]] = []
    for name in order:
        value = user.get(name)
        if isinstance(value, dict):
            found += [(inner, one) for inner, one in value.items() if one is not None]
        elif value is not None:
            found.append((names.get(name, name), value))
    return tuple(found)


def device_rows(event: JsonObject) -> tuple[tuple[str, str], ...]:
    """Return one line each for system, runtime, browser, device and app, as the side column shows them."""
    contexts = event.get("contexts") or {}
    found = []
    for key in ("os", "client_os", "runtime", "browser", "device", "app"):
        context = contexts.get(key)
        if isinstance(context, dict) and (text := _named(context)):
            found.append(("system" if key == "client_os" else key, text))
    return tuple(found)


def _named(context: JsonObject) -> str:
    name = context.get("name") or context.get("model") or context.get("app_name") or context.get("family")
    version = context.get("version") or context.get("app_version")
    return " ".join(str(part) for part in (name, version) if part)


def sdk_line(event: JsonObject) -> str:
    """Return ``sentry.python.django 2.75.0``, "" if unknown."""
    sdk = event.get("sdk") or {}
    return " ".join(str(sdk[name]) for name in ("name", "version") if sdk.get(name))


def sdk_rows(event: JsonObject) -> tuple[tuple[str, JsonValue], ...]:
    """Return the SDK's name, version, integrations, features and packages, as far as it told."""
    sdk = event.get("sdk")
    if not isinstance(sdk, dict):
        return ()
    packages = [
        " ".join(str(package[name]) for name in ("name", "version") if package.get(name))
        for package in sdk.get("packages") or ()
        if isinstance(package, dict)
    ]
    listed = {
        name: ", ".join(str(one) for one in sdk.get(name) or () if one is not None)
        for name in ("integrations", "features")
    }
    told: tuple[tuple[str, JsonValue], ...] = (
        ("name", sdk.get("name")),
        ("version", sdk.get("version")),
        ("integrations", listed["integrations"]),
        ("features", listed["features"]),
        ("packages", ", ".join(packages)),
    )
    return tuple((name, value) for name, value in told if value)


def runtime_line(event: JsonObject) -> str:
    """Return what the event's program ran on, in two or three words: ``CPython 3.11.7``."""
    contexts = event.get("contexts") or {}
    for key in ("browser", "runtime", "device", "os"):
        context = contexts.get(key)
        if isinstance(context, dict) and (text := _named(context)):
            return text
    return sdk_line(event) or str(event.get("platform") or "")
