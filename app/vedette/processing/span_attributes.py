"""What a streamed span's attributes say in the words of older spans: op, description, status.

Both generations of the protocol describe the same work; a trace must look the same whichever brought it.
Source: the public attribute conventions (names, deprecated aliases, description templates).
"""

import re
from functools import lru_cache

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.vitals import WebVital

Attributes = dict[str, JsonValue]

# Deprecated name → name read here.
_ALIASES = {
    "address": "server.address",
    "ai.model_id": "gen_ai.request.model",
    "db.mongodb.collection": "db.collection.name",
    "db.name": "db.namespace",
    "db.operation": "db.operation.name",
    "db.statement": "db.query.text",
    "db.system": "db.system.name",
    "dist": "sentry.dist",
    "environment": "sentry.environment",
    "http.host": "server.address",
    "http.method": "http.request.method",
    "http.request_method": "http.request.method",
    "http.scheme": "url.scheme",
    "http.status_code": "http.response.status_code",
    "http.target": "url.path",
    "http.url": "url.full",
    "mcp.tool.name": "gen_ai.tool.name",
    "messaging.destination": "messaging.destination.name",
    "method": "http.request.method",
    "net.host.name": "server.address",
    "net.peer.name": "server.address",
    "net.peer.port": "server.port",
    "port": "server.port",
    "query": "db.query.text",
    "release": "sentry.release",
    "replay_id": "sentry.replay_id",
    "resource.deployment.environment": "sentry.environment",
    "resource.deployment.environment.name": "sentry.environment",
    "route": "http.route",
    "rpc.system": "rpc.system.name",
    "sentry.browser.name": "browser.name",
    "sentry.browser.version": "browser.version",
    "sentry.segment_id": "sentry.segment.id",
    "sentry.transaction": "sentry.segment.name",
    "sentry.user.email": "user.email",
    "sentry.user.id": "user.id",
    "sentry.user.ip": "user.ip_address",
    "sentry.user.username": "user.name",
    "server_name": "server.address",
    "transaction": "sentry.segment.name",
    "url": "url.full",
}

_ALIAS_ORDER = {name: n for n, name in enumerate(_ALIASES)}

STATUSES = (
    "ok",
    "cancelled",
    "unknown",
    "invalid_argument",
    "deadline_exceeded",
    "not_found",
    "already_exists",
    "permission_denied",
    "resource_exhausted",
    "failed_precondition",
    "aborted",
    "out_of_range",
    "unimplemented",
    "internal_error",
    "unavailable",
    "data_loss",
    "unauthenticated",
)
_STATUS_WORDS: dict[JsonValue, str] = {
    **{word: word for word in STATUSES},
    **dict(enumerate(STATUSES)),
    "success": "ok",
    "unknown_error": "internal_error",
    "failure": "internal_error",
    "internal": "internal_error",
    "error": "internal_error",
    "unknown": "",
    2: "",
}
_HTTP_STATUSES = {
    400: "invalid_argument",
    401: "unauthenticated",
    403: "permission_denied",
    404: "not_found",
    409: "already_exists",
    413: "failed_precondition",
    429: "resource_exhausted",
    499: "cancelled",
    501: "unimplemented",
    503: "unavailable",
    504: "deadline_exceeded",
}

_DATABASE = ("{db.query.text}",)
_ROUTE = ("{navigation.route.id}", "{url.template}", "{url.path}", "{url.full}")
_SERVER = tuple(
    f"{{http.request.method}} {{{name}}}" for name in ("http.route", "url.template", "url.path", "url.full")
)
_CLIENT = ("{http.request.method} {url.full}",)
_MCP = ("{mcp.method.name} {gen_ai.tool.name}", "{mcp.method.name} {gen_ai.prompt.name}")
_TEMPLATES = {
    "pageload": _ROUTE,
    "navigation": _ROUTE,
    "navigation.redirect": _ROUTE,
    "cache": ("{cache.key}",),
    "db": _DATABASE,
    "redis": _DATABASE,
    "http.client": _CLIENT,
    "http.client.stream": _CLIENT,
    "http.server": _SERVER,
    "mcp.server": (*_MCP, "{mcp.method.name} {mcp.resource.uri}", "{mcp.method.name}"),
    "mcp.notification.client_to_server": ("{mcp.method.name}",),
    "mcp.notification.server_to_client": ("{mcp.method.name}",),
    "queue": ("{messaging.destination.name}",),
    "resource": ("{url.full}",),
    "router": ("{navigation.route.id}", "{http.route}", "{url.template}", "{url.path}"),
    "handler": ("{http.route}", "{url.path}"),
}
# Of these every sub-operation follows the same templates.
_FAMILIES = frozenset(("cache", "db", "queue", "resource"))

VITAL_ATTRIBUTES = {vital: f"browser.web_vital.{vital.value}.value" for vital in WebVital}
"""Under which name a streamed span has a web vital."""

_PLACE = re.compile(r"\{([^}]+)\}")


def read_attributes(sent: JsonValue) -> Attributes:
    """Return ``{"key": {"value": …, "type": …}}`` flat, under the names sent; {} if it is none."""
    if type(sent) is not dict:
        return {}
    try:
        # Nearly always every entry has the form.
        return {key: entry["value"] for key, entry in sent.items()}
    except (KeyError, TypeError):
        pairs = sent.items()
        return {key: entry["value"] for key, entry in pairs if type(entry) is dict and "value" in entry}


def current_names(attributes: Attributes, *, is_own: bool = False) -> Attributes:
    """Return *attributes* with the deprecated names also readable under the current ones.

    With *is_own* they may be changed in place.
    """
    old = list(_ALIASES.keys() & attributes.keys())
    if not old:
        return attributes
    if len(old) > 1:
        old.sort(key=_ALIAS_ORDER.__getitem__)  # of two old names of one attribute the first here wins
    found = attributes if is_own else dict(attributes)
    for name in old:
        found.setdefault(_ALIASES[name], attributes[name])
    return found


def text_of(attributes: Attributes, name: str) -> str:
    """Return the attribute as text, "" if it is missing or no scalar."""
    value = attributes.get(name)
    if type(value) is str:
        return value
    if value is None or type(value) in (dict, list):
        return ""
    return str(value)


def name_source(attributes: Attributes) -> str:
    """Return where a segment's name comes from, in the words of `transaction_info.source`."""
    for name in ("sentry.segment.name.source", "sentry.source", "sentry.span.source"):
        source = text_of(attributes, name)
        if source:
            return source
    return "unknown"


def op_of(attributes: Attributes) -> str:
    """Return ``sentry.op``, else the operation other attributes tell of, else ``default``."""
    op = attributes.get("sentry.op")
    if type(op) is str and op:
        return op
    if "http.request.method" in attributes:
        kind = attributes.get("sentry.kind")
        if kind in ("client", "server"):
            return f"http.{kind}"
        return "http.prefetch" if attributes.get("sentry.http.prefetch") else "http"
    if "db.system.name" in attributes:
        return "db"
    if "gen_ai.operation.name" in attributes:
        return f"gen_ai.{text_of(attributes, 'gen_ai.operation.name')}"
    if "rpc.service" in attributes:
        return "rpc"
    if "messaging.system" in attributes:
        return "message"
    return text_of(attributes, "faas.trigger") or "default"


def description_of(attributes: Attributes, op: str, name: str) -> str:
    """Return what older spans call the description: stated, or made by the op's templates, or the name."""
    stated = attributes.get("sentry.description")
    if type(stated) is str and stated:
        return stated
    if attributes.get("sentry.origin") == "manual":
        return name
    return templated(attributes, op) or name


def templated(attributes: Attributes, op: str) -> str:
    """Return the first template of *op* whose attributes all exist, filled in; "" if there is none."""
    for places, literal in _templates_of(op):
        values = [_template_text(attributes.get(place)) for place in places]
        if all(values):
            return literal % tuple(values)
    return ""


@lru_cache(maxsize=1024)
def _templates_of(op: str) -> tuple[tuple[list[str], str], ...]:
    templates = _TEMPLATES.get(op)
    if templates is None:
        family = op.partition(".")[0]
        templates = _TEMPLATES[family] if family in _FAMILIES else ()
    return tuple((_PLACE.findall(template), _PLACE.sub("%s", template)) for template in templates)


def _template_text(value: JsonValue) -> str:
    if type(value) is list:
        return ", ".join(str(item) for item in value)
    return "" if value is None or type(value) is dict else str(value)


def status_word(value: JsonValue) -> str | None:
    """Return the protocol's word for a status in any spelling; None if it is no status, "" for unknown."""
    return _STATUS_WORDS.get(value) if type(value) in (str, int) else None


def http_status_word(code: JsonValue) -> str:
    """Return the status an HTTP response code means, "" for no code."""
    number = http_code(code)
    if number is None:
        return ""
    known = _HTTP_STATUSES.get(number)
    if known:
        return known
    return "ok" if number < 400 else "invalid_argument" if number < 500 else "internal_error"


def http_code(value: JsonValue) -> int | None:
    """Return *value*, a number or text, as an HTTP response code; None if it is none."""
    if type(value) is str and len(value) == 3 and value.isascii() and value.isdigit():
        value = int(value)
    return value if type(value) is int and 100 <= value <= 599 else None


def streamed_status(status: JsonValue, attributes: Attributes) -> str:
    """Return the status of a streamed span, which itself only knows ``ok`` and ``error``."""
    if status != "error":
        return status_word(status) or ""
    for name in ("sentry.status.message", "sentry.trace.status"):
        word = status_word(attributes.get(name))
        if word:
            return word
    word = http_status_word(attributes.get("http.response.status_code"))
    return word if word and word != "ok" else "internal_error"


def span_status(span: JsonObject, data: JsonObject) -> str:
    """Return the status of an older span: its own, its tag's, or what its HTTP code means."""
    tags = span.get("tags")
    if type(tags) is not dict:
        tags = {}
    for value in (span.get("status"), tags.get("status")):
        if value is not None:
            word = status_word(value)
            if word is not None:
                return word
    code = data.get("http.response.status_code") or tags.get("http.status_code") or data.get("status_code")
    return http_status_word(code) if code is not None else ""
