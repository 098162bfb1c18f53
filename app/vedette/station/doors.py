"""What each door takes and how it answers: methods, content types, success, refusal.

Source: getsentry/relay, relay-server/src/endpoints; the OTLP specification for its answers.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl
from uuid import UUID

import orjson
from aiohttp import web

from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.times import to_iso
from vedette.protocol.cron import read_check_in
from vedette.protocol.endpoints import Endpoint
from vedette.protocol.feedback_forms import read_feedback_form
from vedette.station import answers
from vedette.station.arrivals import Arrival

PROTOBUF = "application/x-protobuf"

_JSON_REPORTS = frozenset({"application/json", "application/reports+json"})
_SECURITY_REPORTS = _JSON_REPORTS | {
    "application/csp-report",
    # Older relays took these; the browsers that send them have not all gone.
    "application/expect-ct-report",
    "application/expect-ct-report+json",
    "application/expect-staple-report",
}
_OTLP_TYPES = frozenset({"application/json", PROTOBUF})
# Codes of google.rpc.Status by HTTP status; 13, "internal", is what is not here.
_RPC_CODES = {400: 3, 401: 16, 403: 7, 404: 5, 405: 12, 408: 4, 413: 8, 415: 3, 429: 8, 501: 12, 503: 14}
_RPC_INTERNAL = 13
_DATA_REQUEST = "application/vnd.sce.crs.datareq-request+json"
_DATA_WANTED = orjson.dumps({"parts": {"upload": ["corefile", "screenshot"]}})
_MEDIA_TYPE = re.compile(r"[ \t]*([^;]*)")


@dataclass(frozen=True, slots=True)
class Rules:
    """How one endpoint takes a request. ``content_types`` None: any; ``answer`` None: as an envelope's."""

    methods: tuple[str, ...] = ("POST",)
    content_types: frozenset[str] | None = None
    answer: Callable[[Arrival], web.StreamResponse] | None = None
    may_be_empty: bool = False  # its query can be all there is
    makes_event: bool = False  # what is sent becomes an event, whose id is answered
    judged: str = ""  # the limit of a body that is read before it is acknowledged; "": it is not
    is_limited: bool = True  # senders understand 429; those that do not are answered 503

    def check(self, arrival: Arrival) -> None:
        """Raise IngestError(UNSUPPORTED_MEDIA_TYPE) when the request's body is of no type that is taken."""
        if self.content_types is None:
            return
        if media_type(arrival) not in self.content_types:
            raise IngestError(
                Reason.UNSUPPORTED_MEDIA_TYPE,
                f"unsupported media type {arrival.content_type[:100]!r};"
                f" taken here: {', '.join(sorted(self.content_types))}",
            )


def media_type(arrival: Arrival) -> str:
    """Return the request's content type without its parameters, in lower case."""
    match = _MEDIA_TYPE.match(arrival.content_type)
    return "" if match is None else match[1].strip().lower()


def refused(arrival: Arrival, error: IngestError) -> web.Response:
    """Return the answer to a refused request, in the form the senders of its endpoint read."""
    rules = RULES.get(arrival.endpoint)
    if arrival.endpoint in _OTLP:
        return _rpc_status(arrival, error)
    is_strange = error.status == 429 and rules is not None and not rules.is_limited
    if is_strange or error.reason is Reason.QUEUE_FULL:
        return answers.unavailable(error.detail)
    return answers.refused(error)


def dsn_of(request: web.BaseRequest) -> str | None:
    """Return the DSN that is a feedback form's credential: in its query, or as ``Authorization: DSN …``."""
    authorization = request.headers.get("Authorization", "")
    if is_dsn(authorization):
        return authorization.split(maxsplit=1)[1]
    return request.rel_url.query.get("dsn")


def is_dsn(authorization: str) -> bool:
    """Whether an ``Authorization`` header holds a DSN."""
    scheme, _, dsn = authorization.strip().partition(" ")
    return scheme.lower() == "dsn" and dsn.strip() != ""


def judge(arrival: Arrival, body: bytes) -> None:
    """Read a small *body* that can be judged before it is acknowledged. Raises IngestError."""
    query = dict(parse_qsl(arrival.query, keep_blank_values=True))
    if arrival.endpoint is Endpoint.CRON:
        read_check_in(arrival.slug or "", query, body, arrival.content_type)
    elif arrival.endpoint is Endpoint.FEEDBACK:
        arrival.feedback = read_feedback_form(body, arrival.content_type, query)
        arrival.event_id = str(arrival.feedback["event_id"])


def is_question(arrival: Arrival) -> bool:
    """Whether a console asks what of a crash it should send; there is nothing to keep then."""
    return arrival.endpoint is Endpoint.PLAYSTATION and media_type(arrival) == _DATA_REQUEST


def what_is_wanted() -> web.Response:
    """Return the answer to that question: the dump and the picture."""
    return web.Response(body=_DATA_WANTED, content_type="application/json", headers=answers.CORS)


# ---------------------------------------------------------------- answers


def _nothing(status: int) -> Callable[[Arrival], web.StreamResponse]:
    return lambda _: web.Response(status=status, headers=answers.CORS)


def _crash_id(arrival: Arrival) -> web.StreamResponse:
    text = "" if arrival.event_id is None else str(UUID(arrival.event_id))
    return web.Response(text=text, headers=answers.CORS)


def _otlp_taken(arrival: Arrival) -> web.StreamResponse:
    """Return an Export…ServiceResponse that reports nothing, in the encoding of the request."""
    if media_type(arrival) == PROTOBUF:
        return web.Response(body=b"", content_type=PROTOBUF, headers=answers.CORS)
    return web.Response(body=b"{}", content_type="application/json", headers=answers.CORS)


def _feedback_taken(arrival: Arrival) -> web.StreamResponse:
    """Return the report as the web API shows it; a form's script looks at the status only."""
    report = arrival.feedback or {}
    said = {
        "id": arrival.event_id,
        "eventID": arrival.event_id,
        "event": {"id": None, "eventID": arrival.event_id},
        "dateCreated": to_iso(arrival.received),
        "issue": None,
        "user": None,
        **{name: report.get(name) for name in ("name", "email", "comments")},
    }
    return web.Response(body=orjson.dumps(said), content_type="application/json", headers=answers.CORS)


def _rpc_status(arrival: Arrival, error: IngestError) -> web.Response:
    plain = answers.refused(error)
    code = _RPC_CODES.get(error.status, _RPC_INTERNAL)
    headers: Mapping[str, str] = {
        name: value for name, value in plain.headers.items() if name not in ("Content-Type", "Content-Length")
    }
    if media_type(arrival) == PROTOBUF:
        text = error.detail.encode()[:1000]
        # Field 1, a varint, and field 2, a string: a library would not be shorter.
        body = bytes((0x08, code, 0x12)) + _varint(len(text)) + text
        return web.Response(body=body, status=error.status, content_type=PROTOBUF, headers=headers)
    body = orjson.dumps({"code": code, "message": error.detail})
    return web.Response(body=body, status=error.status, content_type="application/json", headers=headers)


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


_OTLP = frozenset({Endpoint.OTLP_TRACES, Endpoint.OTLP_LOGS, Endpoint.OTLP_METRICS})
_OTLP_RULES = Rules(content_types=_OTLP_TYPES, answer=_otlp_taken)
_CRASH_RULES = Rules(answer=_crash_id, makes_event=True, is_limited=False)

RULES: dict[Endpoint, Rules] = {
    Endpoint.ENVELOPE: Rules(),
    Endpoint.STORE: Rules(methods=("POST", "GET")),
    Endpoint.STREAM: Rules(),
    Endpoint.SECURITY: Rules(content_types=_SECURITY_REPORTS, answer=_nothing(200)),
    Endpoint.NEL: Rules(content_types=_JSON_REPORTS, answer=_nothing(200), is_limited=False),
    Endpoint.MINIDUMP: _CRASH_RULES,
    Endpoint.UNREAL: _CRASH_RULES,
    Endpoint.PLAYSTATION: _CRASH_RULES,
    Endpoint.ATTACHMENTS: Rules(answer=_nothing(201)),
    Endpoint.CRON: Rules(methods=("POST", "GET"), answer=_nothing(202), may_be_empty=True, judged="check_in"),
    Endpoint.FEEDBACK: Rules(answer=_feedback_taken, judged="api_body"),
    Endpoint.OTLP_TRACES: _OTLP_RULES,
    Endpoint.OTLP_LOGS: _OTLP_RULES,
    Endpoint.OTLP_METRICS: _OTLP_RULES,
    Endpoint.VERCEL: Rules(answer=_nothing(202)),
    Endpoint.UPLOAD: Rules(methods=("POST", "PATCH", "HEAD")),
}
"""Every endpoint that takes data."""
