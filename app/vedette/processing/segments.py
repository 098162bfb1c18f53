"""What a segment says beside its span: where it ran, for whom, how it ended."""

from vedette.domain.json import JsonObject
from vedette.domain.processed import Arrival, Segment, Span
from vedette.processing.span_attributes import http_code, name_source, status_word, text_of
from vedette.processing.spans import ReadSpan, span_id_bytes
from vedette.processing.tags import Tag, event_tags
from vedette.processing.transactions import RAW_SOURCES
from vedette.processing.users import user_identity

# SDK name, longest first → platform; the family names the rest.
_SDK_PLATFORMS = (
    ("sentry.javascript.node", "node"),
    ("sentry.javascript.bun", "node"),
    ("sentry.javascript.deno", "node"),
    ("sentry.javascript.nestjs", "node"),
    ("sentry.javascript.aws-serverless", "node"),
    ("sentry.javascript.google-cloud-serverless", "node"),
    ("sentry.javascript", "javascript"),
    ("sentry.python", "python"),
    ("sentry.php", "php"),
    ("sentry.ruby", "ruby"),
    ("sentry.go", "go"),
    ("sentry.java", "java"),
    ("sentry.dotnet", "csharp"),
    ("sentry.cocoa", "cocoa"),
    ("sentry.native", "native"),
    ("sentry.elixir", "elixir"),
)


def sdk_text(sdk: JsonObject | None) -> str:
    """Return ``name version`` of an ``sdk`` object, "" if it names none."""
    if not sdk:
        return ""
    name, version = sdk.get("name"), sdk.get("version")
    return f"{name} {version}" if name and version else str(name or "")


def transaction_segment(event: JsonObject, span: Span, trace_id: bytes) -> Segment:
    """Return the segment a normalised transaction is; *span* is its root."""
    request = event.get("request") or {}
    data = event["contexts"]["trace"].get("data")
    data = data if type(data) is dict else {}
    response = event["contexts"].get("response") or {}
    tags = event_tags(event)
    code = None
    for value in (
        response.get("status_code"),
        data.get("http.response.status_code"),
        data.get("http.status_code"),
        next((value for key, value in tags if key == "http.status_code"), None),
    ):
        code = code or http_code(value)
    method = request.get("method") or data.get("http.request.method") or data.get("http.method")
    user = event.get("user")
    return Segment(
        trace_id=trace_id,
        span=span,
        name=event["transaction"],
        source=event["transaction_info"]["source"],
        platform=event["platform"],
        environment=event.get("environment"),
        release=event.get("release"),
        sdk=sdk_text(event.get("sdk")),
        event_id=span_id_bytes(event["event_id"], 16),
        user=user.get("sentry_user") if user else None,
        status=span.status,
        tags=tags,
        http_method=method if type(method) is str else "",
        http_status=code,
    )


def streamed_segment(found: ReadSpan, arrival: Arrival) -> Segment:
    """Return the segment a streamed span is."""
    attributes, span = found.attributes, found.span
    trace = arrival.trace or {}
    sdk_name = text_of(attributes, "sentry.sdk.name")
    sdk = sdk_text(
        {"name": sdk_name, "version": text_of(attributes, "sentry.sdk.version")} if sdk_name else arrival.sdk
    )
    source = name_source(attributes)
    environment = text_of(attributes, "sentry.environment") or _text(trace, "environment")
    release = text_of(attributes, "sentry.release") or _text(trace, "release")
    identity = user_identity(
        {
            "id": text_of(attributes, "user.id"),
            "username": text_of(attributes, "user.name"),
            "email": text_of(attributes, "user.email"),
            "ip_address": text_of(attributes, "user.ip_address"),
        }
    )
    return Segment(
        trace_id=found.trace_id,
        span=span,
        name=found.name,
        source="sanitized" if source in RAW_SOURCES else source,
        platform=text_of(attributes, "sentry.platform") or _platform(sdk),
        environment=environment or None,
        release=release or None,
        sdk=sdk,
        event_id=None,
        user=identity,
        status=span.status,
        tags=_tags(found, environment, release, identity),
        http_method=text_of(attributes, "http.request.method"),
        http_status=http_code(attributes.get("http.response.status_code")),
    )


def _text(trace: JsonObject, name: str) -> str:
    value = trace.get(name)
    return value if type(value) is str else ""


def _platform(sdk: str) -> str:
    for prefix, platform in _SDK_PLATFORMS:
        if sdk.startswith(prefix):
            return platform
    return "other"


def _tags(found: ReadSpan, environment: str, release: str, user: str | None) -> tuple[Tag, ...]:
    attributes = found.attributes
    browser = text_of(attributes, "browser.name")
    system = text_of(attributes, "os.name")
    candidates = (
        ("environment", environment),
        ("release", release),
        ("transaction", found.name),
        ("user", user or ""),
        ("service.name", text_of(attributes, "service.name")),
        ("server_name", text_of(attributes, "server.address") if found.span.op != "http.client" else ""),
        ("url", text_of(attributes, "url.full")),
        ("browser", f"{browser} {text_of(attributes, 'browser.version')}".strip()),
        ("browser.name", browser),
        ("os", f"{system} {text_of(attributes, 'os.version')}".strip()),
        ("os.name", system),
        ("device", text_of(attributes, "device.model")),
        ("device.family", text_of(attributes, "device.family")),
    )
    return tuple((key, value[:200]) for key, value in candidates if value)


def trace_status(event: JsonObject) -> str:
    """Return the status of a transaction's trace context, "" for unknown."""
    return status_word(event["contexts"]["trace"].get("status")) or ""
