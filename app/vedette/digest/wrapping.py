"""Bodies of the endpoints that take no envelope, made into one, so that everything later walks one path."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl
from uuid import uuid4

from vedette.domain.json import JsonObject
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.times import Micros
from vedette.protocol.browser_reports import wrap_reports
from vedette.protocol.crash_uploads import wrap_attachments, wrap_minidump, wrap_playstation, wrap_unreal
from vedette.protocol.cron import read_check_in, wrap_check_in
from vedette.protocol.envelope import join_envelope
from vedette.protocol.feedback_forms import read_feedback_form, wrap_feedback
from vedette.protocol.legacy import event_identity, is_envelope_type, store_body_to_event, wrap_event
from vedette.protocol.limits import Limits
from vedette.protocol.vercel import wrap_logs

Body = bytes | memoryview


@dataclass(frozen=True, slots=True)
class Posted:
    """What a request said beside its body: `meta` is what the station noted of it."""

    meta: JsonObject
    limits: Limits
    received: Micros
    folder: Path | None = None  # for what is too large for memory; None: the system's own

    def text(self, name: str) -> str | None:
        """Return what was noted under *name*; None for nothing."""
        value = self.meta.get(name)
        return value if isinstance(value, str) and value else None

    @property
    def query(self) -> dict[str, str]:
        """The parameters of the request's query, decoded; the last one of a name counts."""
        return dict(parse_qsl(self.text("query") or "", keep_blank_values=True))

    @property
    def event_id(self) -> str:
        """The event's id as it was answered, or a new one."""
        return self.text("event_id") or uuid4().hex

    def small(self, body: Body, limit: int) -> bytes:
        """Return *body*, which may have *limit* bytes. Raises IngestError(TOO_LARGE)."""
        if len(body) > limit:
            raise IngestError(Reason.TOO_LARGE, f"request content exceeded size limits ({limit} bytes)")
        return bytes(body)


Wrapper = Callable[[Body, Posted], Body]
"""Returns the envelope for a decoded body. Raises IngestError for what the sender did wrong."""


def wrap(body: Body, posted: Posted) -> Body:
    """Return the envelope that *body* is or stands for. Raises IngestError."""
    make = WRAPPERS.get(posted.text("endpoint") or "")
    return body if make is None else make(body, posted)


def _wrap_store(body: Body, posted: Posted) -> Body:
    content_type = posted.text("content_type")
    if is_envelope_type(content_type):
        return body
    event = store_body_to_event(bytes(body), content_type, posted.text("client"), posted.limits.event)
    own_id, item_type = event_identity(event)
    return wrap_event(event, posted.text("event_id") or own_id or uuid4().hex, item_type)


def _wrap_reports(body: Body, posted: Posted) -> Body:
    return wrap_reports(posted.small(body, posted.limits.event), posted.query, posted.received)


def _wrap_check_in(body: Body, posted: Posted) -> Body:
    payload = posted.small(body, posted.limits.check_in)
    check_in = read_check_in(posted.text("slug") or "", posted.query, payload, posted.text("content_type"))
    return wrap_check_in(check_in)


def _wrap_feedback(body: Body, posted: Posted) -> Body:
    payload = posted.small(body, posted.limits.event)
    return wrap_feedback(read_feedback_form(payload, posted.text("content_type"), posted.query))


def _wrap_otlp(body: Body, posted: Posted) -> Body:
    header: JsonObject = {"type": posted.text("endpoint")}
    if content_type := posted.text("content_type"):
        header["content_type"] = content_type
    return join_envelope({}, [(header, posted.small(body, posted.limits.container))])


def _wrap_vercel(body: Body, posted: Posted) -> Body:
    return wrap_logs(posted.small(body, posted.limits.container), posted.received)


def _wrap_minidump(body: Body, posted: Posted) -> Body:
    return wrap_minidump(body, posted.text("content_type"), posted.event_id, posted.limits, posted.folder)


def _wrap_attachments(body: Body, posted: Posted) -> Body:
    return wrap_attachments(body, posted.text("content_type"), posted.event_id, posted.limits, posted.folder)


def _wrap_playstation(body: Body, posted: Posted) -> Body:
    return wrap_playstation(body, posted.text("content_type"), posted.event_id, posted.limits, posted.folder)


def _wrap_unreal(body: Body, posted: Posted) -> Body:
    return wrap_unreal(body, posted.query.get("UserID"), posted.event_id, posted.limits, posted.folder)


WRAPPERS: dict[str, Wrapper] = {
    "minidump": _wrap_minidump,
    "attachments": _wrap_attachments,
    "playstation": _wrap_playstation,
    "unreal": _wrap_unreal,
    "store": _wrap_store,
    "security": _wrap_reports,
    "nel": _wrap_reports,
    "cron": _wrap_check_in,
    "feedback": _wrap_feedback,
    "vercel": _wrap_vercel,
    "otlp_traces": _wrap_otlp,
    "otlp_logs": _wrap_otlp,
    "otlp_metrics": _wrap_otlp,
}
"""By the station's name of the endpoint."""
