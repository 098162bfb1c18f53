"""Reports of browsers about a violated policy, made into the event they stand for. JSON in, JSON out.

Source: getsentry/relay, relay-event-schema/src/protocol/security_report.rs, for fields, messages and tags.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import orjson

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.times import Micros
from vedette.processing.grouping.security import without_path

_LOCAL = "'self'"
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LONGEST_AGE = 7 * 24 * 3600 * 1000  # milliseconds
_ALIASES = {"blocked_url": "blocked_uri", "document_url": "document_uri", "sample": "script_sample"}
_FIELDS = frozenset(
    {
        "effective_directive",
        "blocked_uri",
        "document_uri",
        "original_policy",
        "referrer",
        "status_code",
        "violated_directive",
        "source_file",
        "line_number",
        "column_number",
        "script_sample",
        "disposition",
    }
)
DIRECTIVES = frozenset(
    [
        "base-uri",
        "child-src",
        "connect-src",
        "default-src",
        "fenced-frame-src",
        "font-src",
        "form-action",
        "frame-ancestors",
        "frame-src",
        "img-src",
        "manifest-src",
        "media-src",
        "object-src",
        "plugin-types",
        "prefetch-src",
        "referrer",
        "script-src",
        "script-src-attr",
        "script-src-elem",
        "style-src",
        "style-src-elem",
        "style-src-attr",
        "upgrade-insecure-requests",
        "worker-src",
        "sandbox",
        "navigate-to",
        "report-uri",
        "report-to",
        "block-all-mixed-content",
        "require-sri-for",
        "require-trusted-types-for",
        "trusted-types",
    ]
)
# Directives whose message names the kind of source.
_NAMED = {f"{word}-src": word for word in ("child", "connect", "font", "img", "manifest", "media", "object")}
_NAMED["img-src"] = "image"


@dataclass(frozen=True, slots=True)
class _Legacy:
    """A kind of report that is no longer made: the event's member, and what its message says."""

    member: str
    message: str


_LEGACY = {
    "expect-ct-report": _Legacy("expectct", "Expect-CT failed for '{}'"),
    "expect-staple-report": _Legacy("expectstaple", "Expect-Staple failed for '{}'"),
    "known-pins": _Legacy("hpkp", "Public key pinning validation failed for '{}'"),
}


def security_event(payload: bytes, received: Micros) -> JsonObject:
    """Return the event the report in *payload* stands for, as an SDK would have sent it.

    A policy's violation has ``csp``; the older kinds ``hpkp``, ``expectct`` or ``expectstaple``. Raises
    IngestError: BAD_JSON, BAD_REPORT for a report of no known kind or about no known directive.
    """
    try:
        report: JsonValue = orjson.loads(payload)
    except orjson.JSONDecodeError as error:
        raise IngestError(Reason.BAD_JSON, f"invalid JSON: {error.msg}", offset=error.pos) from error
    if not isinstance(report, dict):
        raise IngestError(Reason.BAD_REPORT, "invalid security report: not an object")
    for key, kind in _LEGACY.items():
        if key in report:
            return _older_event(report if key == "known-pins" else report[key], kind)
    if "csp-report" in report:
        return _csp_event(report["csp-report"], report, received)
    if report.get("type") == "csp-violation":
        return _csp_event(report.get("body"), report, received)
    raise IngestError(Reason.BAD_REPORT, "invalid security report: of no known kind")


def _csp_event(body: JsonValue, report: JsonObject, received: Micros) -> JsonObject:
    csp = _csp_fields(body)
    message = csp_message(csp)
    document = _text(csp.get("document_uri")) or _text(report.get("url"))
    headers = [["Referer", referrer]] if (referrer := _text(csp.get("referrer"))) else []
    if agent := _text(report.get("user_agent")):
        headers.append(["User-Agent", agent])
    event: JsonObject = {
        "type": "csp",
        "logger": "csp",
        "logentry": {"formatted": message},
        "culprit": csp_culprit(csp),
        "csp": csp,
        "request": {"url": document, "headers": headers},
        "user": {"ip_address": "{{auto}}"},
    }
    if age := _age(report.get("age")):
        event["timestamp"] = (received - age * 1000) / 1e6
    return event


def _older_event(body: JsonValue, kind: _Legacy) -> JsonObject:
    if not isinstance(body, dict):
        raise IngestError(Reason.BAD_REPORT, "invalid security report: not an object")
    fields = {_snake(name): value for name, value in body.items()}
    host = _text(fields.get("hostname"))
    tags = {"hostname": host, "port": fields.get("port")}
    return {
        "logger": kind.member,
        "logentry": {"formatted": kind.message.format(host)},
        kind.member: fields,
        "tags": {name: value for name, value in tags.items() if value},
        "request": {"url": f"https://{host}/"} if host else {},
    }


def _csp_fields(body: JsonValue) -> JsonObject:
    """Return the members of a CSP report by their stored names, with a directive that is known."""
    if not isinstance(body, dict):
        raise IngestError(Reason.BAD_REPORT, "invalid security report: the violation is not an object")
    csp: JsonObject = {}
    for name, value in body.items():
        snake = _snake(name)
        field = _ALIASES.get(snake, snake)
        if field in _FIELDS and (field == name or field not in csp):
            csp[field] = value
    named = _text(csp.get("effective_directive")) or _text(csp.get("violated_directive"))
    directive = named.split()[0].lower() if named.split() else ""
    if directive not in DIRECTIVES:
        raise IngestError(
            Reason.BAD_REPORT, f"invalid security report: unknown directive {directive[:100]!r}"
        )
    csp["effective_directive"] = directive
    return csp


# ---------------------------------------------------------------- words


def csp_message(csp: JsonObject) -> str:
    """Return what a violation is called: the issue's title. *csp* as `security_event` makes it."""
    directive = _text(csp.get("effective_directive"))
    blocked = _text(csp.get("blocked_uri"))
    local = blocked in ("", "self", _LOCAL)
    say = _SENTENCES.get(directive)
    if say is not None:
        return say(local, without_path(blocked), _text(csp.get("violated_directive")))
    name = _NAMED.get(directive, directive)
    return f"Blocked inline '{name}'" if local else f"Blocked '{name}' from '{without_path(blocked)}'"


def _script(local: bool, host: str, violated: str) -> str:
    if not local:
        return f"Blocked 'script' from '{host}'"
    if "'unsafe-inline'" in violated:
        return "Blocked unsafe inline 'script'"
    if "'unsafe-eval'" in violated:
        return "Blocked unsafe eval() 'script'"
    return "Blocked unsafe (eval() or inline) 'script'"


def _either(inline: str, other: str) -> Callable[[bool, str, str], str]:
    return lambda local, host, _: inline if local else other.format(host)


_SENTENCES: dict[str, Callable[[bool, str, str], str]] = {
    "script-src": _script,
    "script-src-attr": _either(
        "Blocked unsafe 'script' element", "Blocked inline script attribute from '{}'"
    ),
    "script-src-elem": _either("Blocked inline script attribute", "Blocked 'script' from '{}'"),
    "style-src": _either("Blocked inline 'style'", "Blocked 'style' from '{}'"),
    "style-src-elem": _either("Blocked 'style' or 'link' element", "Blocked 'style' from '{}'"),
    "style-src-attr": _either("Blocked style attribute", "Blocked style attribute from '{}'"),
    "form-action": _either("Blocked inline 'form-action'", "Blocked 'form' action to '{}'"),
}


def csp_culprit(csp: JsonObject) -> str:
    """Return the violated directive, the document's own origin in it written as ``'self'``."""
    words = _text(csp.get("violated_directive")).split()
    own = _origin(_text(csp.get("document_uri")))
    return " ".join(_LOCAL if own and _origin(word) == own and n else word for n, word in enumerate(words))


def _origin(uri: str) -> str:
    try:
        parts = urlsplit(uri)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else ""


def _snake(name: str) -> str:
    return _HUMP.sub("_", name).lower().replace("-", "_")


def _text(value: JsonValue) -> str:
    return value if isinstance(value, str) else ""


def _age(value: JsonValue) -> int:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= _LONGEST_AGE:
        return 0
    return int(value)
