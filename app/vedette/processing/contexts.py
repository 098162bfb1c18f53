"""Contexts in canonical form: typed, with the derived members that tags and views read."""

import re
from functools import lru_cache

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.processed import Arrival
from vedette.processing.devices import device_class
from vedette.processing.faults import Faults
from vedette.processing.requests import header
from vedette.processing.shapes import TEXT, Shape, as_object, primitive_text
from vedette.processing.user_agents import parse_user_agent

_NAMED = {"os": "os", "client_os": "os", "browser": "browser", "runtime": "runtime"}
_TRACE = Shape(op=TEXT, status=TEXT, origin=TEXT, description=TEXT)

_WINDOWS = re.compile(r"(?:Microsoft )?Windows(?: NT)? (?P<version>\d+\.\d+\.(?P<build>\d+)).*", re.DOTALL)
_APPLE = re.compile(
    r"(?P<name>macOS|Mac OS X|iOS|iPadOS) (?P<version>\d+(?:\.\d+){0,2})(?: \((?P<build>[a-fA-F0-9]+)\))?.*"
)
_MAC_STRICT = re.compile(r"(?:macOS|Mac OS X) \d+(?:\.\d+){0,2}(?: \([a-fA-F0-9]+\))?")
_ANDROID = re.compile(r"(?P<name>Android) (?P<version>\d+(?:\.\d+){0,2}).*", re.DOTALL)
_UNAME = re.compile(r"(?P<name>[A-Za-z]+) (?P<kernel_version>\d+\.\d+(?:\.\d+){0,2})\S*(?: .*)?", re.DOTALL)
_RUNTIME = re.compile(r"(?P<name>[A-Za-z.+# ]+?) (?P<version>\d+(?:\.\d+)*)(?:[ -+(].*)?", re.DOTALL)

_WINDOWS_NAMES = {"6.0": "Vista", "6.1": "7", "6.2": "8", "6.3": "8.1"}
_WINDOWS_10 = range(10240, 19045)
_WINDOWS_11 = range(22000, 23000)

_DOTNET_RELEASES = {
    "378389": "4.5",
    "378675": "4.5.1",
    "378758": "4.5.1",
    "379893": "4.5.2",
    "393295": "4.6",
    "393297": "4.6",
    "394254": "4.6.1",
    "394271": "4.6.1",
    "394802": "4.6.2",
    "394806": "4.6.2",
    "460798": "4.7",
    "460805": "4.7",
    "461308": "4.7.1",
    "461310": "4.7.1",
    "461808": "4.7.2",
    "461814": "4.7.2",
    "528040": "4.8",
    "528049": "4.8",
    "528209": "4.8",
    "528372": "4.8",
    "528449": "4.8",
    "533320": "4.8.1",
    "533325": "4.8.1",
}


def settle_contexts(event: JsonObject, arrival: Arrival, faults: Faults) -> None:
    """Put ``contexts`` into canonical form and complete it from the user agent and the trace header.

    Needs the settled request, platform and event id.
    """
    contexts = as_object(event.get("contexts"), faults, ("contexts",))
    if contexts is None:
        contexts = {}
    event["contexts"] = contexts
    contexts.pop("reprocessing", None)
    for key in [key for key, context in contexts.items() if type(context) is not dict]:
        value = contexts.pop(key)
        if value is not None:
            faults.invalid(("contexts", key), value, "expected an object")
    _add_user_agent(event, contexts, arrival)
    _settle_trace(event, contexts, arrival, faults)
    _add_replay(contexts, arrival)
    for key, context in contexts.items():
        kind = context.get("type")
        if type(kind) is not str or not kind:
            kind = context["type"] = key
        if kind in _NAMED:
            _complete(kind, context)


def _complete(kind: str, context: JsonObject) -> None:
    description = context.get("raw_description")
    if "build" in context:
        context["build"] = primitive_text(context["build"])
    if type(description) is str and not context.get("name") and not context.get("version"):
        for member, value in (_read_os if kind == "os" else _read_runtime)(description):
            context[member] = context.get(member) or value
    name = context.get("name")
    version = primitive_text(context.get("version"))
    if type(name) is not str or not name:
        return
    if kind == "runtime" and not version and name.startswith(".NET Framework"):
        version = _DOTNET_RELEASES.get(context.get("build") or "")
        if version:
            context["version"] = version
    context[_NAMED[kind]] = f"{name} {version}".strip() if version else name


@lru_cache(maxsize=256)
def _read_os(description: str) -> tuple[tuple[str, str], ...]:
    """Return the members an operating system's own description tells; none for an unknown form."""
    description = description[:512]
    windows = _WINDOWS.fullmatch(description)
    if windows:
        version, build = windows["version"], windows["build"]
        return ("name", "Windows"), ("version", _windows_version(version, build)), ("build", build)
    apple = _APPLE.fullmatch(description)
    if apple:
        is_mac = apple["name"] in ("macOS", "Mac OS X")
        if is_mac and not _MAC_STRICT.fullmatch(description):
            return ()
        found = [("name", "macOS" if is_mac else apple["name"]), ("version", apple["version"])]
        return (*found, ("build", apple["build"])) if is_mac and apple["build"] else tuple(found)
    match = _ANDROID.fullmatch(description) or _UNAME.fullmatch(description)
    if match is None or match["name"] == "Windows":
        return ()
    return tuple(match.groupdict().items())


def _windows_version(version: str, build: str) -> str:
    number = int(build[:9])
    if version.startswith("10.0"):
        return "11" if number in _WINDOWS_11 else "10" if number in _WINDOWS_10 else version
    return _WINDOWS_NAMES.get(version.rpartition(".")[0], version)


@lru_cache(maxsize=256)
def _read_runtime(description: str) -> tuple[tuple[str, str], ...]:
    match = _RUNTIME.fullmatch(description[:512])
    return (("name", match["name"]), ("version", match["version"])) if match else ()


def _add_user_agent(event: JsonObject, contexts: JsonObject, arrival: Arrival) -> None:
    """What the user agent tells fills missing contexts; off the browser the system is the client's."""
    request = event.get("request")
    agent = header(request, "User-Agent") if request else ""
    is_browser = event["platform"] == "javascript"
    if not agent and is_browser and arrival.user_agent and arrival.user_agent.startswith("Mozilla/"):
        agent = arrival.user_agent
    if not agent:
        return
    found = parse_user_agent(agent)
    if found.browser and "browser" not in contexts:
        contexts["browser"] = _named(found.browser.name, found.browser.version)
    system = "os" if is_browser else "client_os"
    if found.os and system not in contexts:
        contexts[system] = _named(found.os.name, found.os.version) | {"type": system if is_browser else "os"}
    if found.device and "device" not in contexts:
        device = found.device
        contexts["device"] = {"family": device.family, "model": device.model, "brand": device.brand}
        if device.name:
            contexts["device"]["name"] = device.name


def _named(name: str, version: str) -> JsonObject:
    return {"name": name, "version": version} if version else {"name": name}


def _settle_trace(event: JsonObject, contexts: JsonObject, arrival: Arrival, faults: Faults) -> None:
    trace = contexts.get("trace")
    if trace is None:
        trace = contexts["trace"] = {}
    _TRACE.check(trace, faults, ("contexts", "trace"))
    for name, length in (("trace_id", 32), ("span_id", 16), ("parent_span_id", 16)):
        value = trace.get(name)
        if value is not None:
            settled = clean_id(value, length)
            trace[name] = settled
            if settled is None and value != "":
                faults.invalid(("contexts", "trace", name), value, "expected an id")
    if event.get("type") != "transaction":
        if not trace.get("trace_id"):
            sent = arrival.trace.get("trace_id") if arrival.trace else None
            trace["trace_id"] = clean_id(sent, 32) or event["event_id"]
        if not trace.get("span_id"):
            trace["span_id"] = event["event_id"][:16]
    if not trace.get("status"):
        trace["status"] = "unknown"


def _add_replay(contexts: JsonObject, arrival: Arrival) -> None:
    """Let an event that does not name the replay it belongs to have the one of its trace.

    So a service that was called from a recorded page need not know of replays.
    """
    replay_id = clean_id(arrival.trace.get("replay_id"), 32) if arrival.trace else None
    if replay_id is not None and named_replay({"contexts": contexts}) is None:
        contexts["replay"] = {"replay_id": replay_id}


def named_replay(event: JsonObject) -> str | None:
    """Return the id of the replay (32 hex) that the contexts of *event* name, None if they name none."""
    for key in ("replay", "feedback"):
        context = (event.get("contexts") or {}).get(key)
        found = clean_id(context.get("replay_id"), 32) if context else None
        if found is not None:
            return found
    return None


def clean_id(value: JsonValue, length: int) -> str | None:
    """Return *value* as *length* lower-case hex digits, hyphens dropped; None if it is none or all zero."""
    if type(value) is not str:
        return None
    if len(value) != length:
        value = value.replace("-", "")
        if len(value) != length:
            return None
    try:
        digits = bytes.fromhex(value)
    except ValueError:
        return None
    return str(value.lower()) if 2 * len(digits) == length and any(digits) else None


def add_device_class(event: JsonObject) -> None:
    """Add the tag ``device.class`` (1 low, 2 medium, 3 high) where the device context allows to tell."""
    device = event["contexts"].get("device")
    found = device_class(device) if device else None
    if found is None:
        return
    tags = event.setdefault("tags", [])
    if all(not tag or tag[0] != "device.class" for tag in tags):
        tags.append(["device.class", found])
