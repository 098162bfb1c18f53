"""Unreal's crash context (XML) and log in the protocol's form.

Source: getsentry/relay, the mapping of ``CrashContext.runtime-xml``. The XML may declare no entities and no
document type: whoever sends one means harm.
"""

import re
from datetime import UTC, datetime
from urllib.parse import parse_qsl
from xml.parsers import expat

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.outcomes import IngestError, Reason
from vedette.processing.crash_event import form_event, merge

MECHANISM = "unreal"
LARGEST = 8 << 20
_MOST_VALUES = 5_000
_LONGEST_VALUE = 32_768
_DEEPEST = 20
_MOST_FIELDS = 1_000
_LOG_LINES = 40
_LOG_TAIL = 256 << 10
_LOG_LINE = re.compile(
    r"\[(\d{4})\.(\d\d)\.(\d\d)-(\d\d)\.(\d\d)\.(\d\d):(\d{3})\]\[[ \d]+\](?:(\w+): )?(?:(\w+): )?(.*)"
)
_LEVELS = {"fatal": "fatal", "error": "error", "warning": "warning"}


def read_context(payload: bytes) -> JsonObject:
    """Return the sections of a context: name → {property → text}. Raises IngestError(BAD_CRASH_REPORT)."""
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(payload[:LARGEST], True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise IngestError(Reason.BAD_CRASH_REPORT, f"invalid Unreal context: {error}") from None
    return reader.sections


def _refuse(*_: object) -> None:
    raise IngestError(Reason.BAD_CRASH_REPORT, "invalid Unreal context: it declares a document type")


class _Reader:
    def __init__(self) -> None:
        self.sections: JsonObject = {}
        self._path: list[str] = []
        self._text: list[str] = []
        self._values = 0

    def start(self, name: str, _: object) -> None:
        self._path.append(name[:200])
        self._text.clear()
        if len(self._path) > _DEEPEST:
            raise IngestError(Reason.BAD_CRASH_REPORT, "invalid Unreal context: nested too deeply")

    def text(self, data: str) -> None:
        self._text.append(data)

    def end(self, _: str) -> None:
        value = "".join(self._text).strip()
        self._text.clear()
        if len(self._path) >= 3 and value and self._values < _MOST_VALUES:
            self._values += 1
            section = self.sections.setdefault(self._path[1], {})
            section[".".join(self._path[2:])] = value[:_LONGEST_VALUE]
        self._path.pop()


def context_event(sections: JsonObject, user: str | None) -> JsonObject:
    """Return what a context, and the *user* of the request's query, say of the crash."""
    runtime = dict(sections.get("RuntimeProperties") or {})
    engine = dict(sections.get("EngineData") or {})
    game = dict(sections.get("GameData") or {})
    event: JsonObject = {"contexts": _contexts(runtime, engine, game), "user": _user(runtime, user)}
    if message := runtime.pop("ErrorMessage", None):
        event["logentry"] = {"formatted": message}
    if runtime.get("IsEnsure") == "true":
        event["level"] = "warning"
    elif runtime.get("IsAssert") == "true":
        event["level"] = "error"
    version = runtime.get("CrashReporterClientVersion") or runtime.get("CrashReportClientVersion")
    event["sdk"] = {"name": "unreal.crashreporter", "version": version or "0.0.0"}
    if user and len(parts := user.split("|")) == 3:
        tags = {"epic_account_id": parts[1], "machine_id": parts[2]}
        event["tags"] = {name: value for name, value in tags.items() if value}
    merge(event, _own_event(str(game.get("__sentry") or "")))
    return event


def _own_event(text: str) -> JsonObject:
    """Return the event a game hides in its data: as JSON or as ``[tags][level]=3&[release]=…``."""
    if text.startswith("["):
        try:
            pairs = parse_qsl(text[:_LONGEST_VALUE], max_num_fields=_MOST_FIELDS)
        except ValueError:
            return {}
        fields = [(f"sentry{name}", value) for name, value in pairs if name.startswith("[")]
    else:
        fields = [("sentry", text)] if text else []
    event = form_event(fields)
    if set(event) == {"extra"} and event["extra"] == {"sentry": text}:
        return {}  # no JSON
    event.pop("event_id", None)  # it is known from the report
    return event


def _user(runtime: JsonObject, user: str | None) -> JsonObject:
    login = (user or "").partition("|")[0] or runtime.get("LoginId")
    named = {"id": login, "username": runtime.pop("UserName", None)}
    return {name: value for name, value in named.items() if value}


def _contexts(runtime: JsonObject, engine: JsonObject, game: JsonObject) -> JsonObject:
    memory = runtime.get("MemoryStats.TotalPhysical")
    gpu = {
        "name": engine.get("RHI.AdapterName") or runtime.get("Misc.PrimaryGPUBrand"),
        "id": engine.get("RHI.DeviceId"),
        "graphics_shader_level": engine.get("RHI.FeatureLevel"),
        "vendor_name": engine.get("RHI.GPUVendor"),
        "version": engine.get("RHI.UserDriverVersion"),
        "api_type": engine.get("RHI.RHIName"),
    }
    shown = {name: value for name, value in runtime.items() if name not in ("ErrorMessage", "UserName")}
    contexts: JsonObject = {
        "device": {
            "memory_size": int(memory) if memory and memory.isascii() and memory.isdecimal() else None
        },
        "os": {"raw_description": runtime.get("Misc.OSVersionMajor")},
        "gpu": gpu,
        "game": {name: value for name, value in game.items() if name != "__sentry"},
        "unreal": shown,
    }
    kept = {name: {key: value for key, value in found.items() if value} for name, found in contexts.items()}
    return {name: {"type": name, **found} for name, found in kept.items() if found}


def read_log(payload: bytes) -> list[JsonValue]:
    """Return the last lines of an Unreal log as breadcrumbs; a line without a time has none."""
    text = payload[-_LOG_TAIL:].decode(errors="replace")
    lines = [line.strip("\ufeff\r ") for line in text.splitlines()]
    return [_breadcrumb(line[:_LONGEST_VALUE]) for line in lines if line][-_LOG_LINES:]


def _breadcrumb(line: str) -> JsonObject:
    found = _LOG_LINE.match(line)
    if found is None:
        return {"message": line}
    crumb: JsonObject = {"message": found[10], "category": found[8] or "log"}
    try:
        numbers = [int(part) for part in found.groups()[:7]]
        moment = datetime(*numbers[:6], numbers[6] * 1000, tzinfo=UTC)  # type: ignore[misc,arg-type]
        crumb["timestamp"] = moment.timestamp()
    except ValueError:
        pass
    level = (found[9] or "").lower()
    if level in _LEVELS:
        crumb["level"] = _LEVELS[level]
    return crumb
