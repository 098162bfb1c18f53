"""Which fields of a document can hold personal data, and what selectors call them.

Classes TRUE, MAYBE and FALSE as the protocol's event schema gives them; values below a free-form field have
the class of that field. Contexts a client names itself are TRUE, the protocol's own ones MAYBE but for what
is listed here. One departure, towards more privacy: the template of a message counts as the message, since
many clients send nothing else.
"""

from dataclasses import dataclass, field, replace
from enum import Enum, auto

from vedette.processing.scrubbing.selectors import Pii


class Form(Enum):
    """How a field is written, where there is more than one way."""

    PLAIN = auto()
    VALUES = auto()  # {"values": […]}, a bare list, or one entry alone
    ATTRIBUTES = auto()  # name → {"value": …, "type": …}


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """What is known of a field. ``others`` is what unknown keys are, ``items`` the entries of a list.

    ``alias`` are the steps by which selectors know the value instead of its own key, each with
    its field (None: this one). ``is_path``: its last part
    names a file and stays, whatever happens to the folders.
    """

    pii: Pii = Pii.FALSE
    types: frozenset[str] = frozenset()
    fields: "dict[str, Field]" = field(default_factory=dict)
    others: "Field | None" = None
    items: "Field | None" = None
    form: Form = Form.PLAIN
    alias: "tuple[tuple[str, Field | None], ...]" = ()
    is_path: bool = False
    is_dead: bool = False  # nothing in it is ever looked at

    def child(self, key: str | int) -> "Field":
        """Return what is known of *key* in an object, or of an entry of a list."""
        if isinstance(key, int):
            return self.items or self.free
        return self.fields.get(key) or self.others or self.free

    @property
    def free(self) -> "Field":
        """What stands below this field where nothing more is known."""
        return _FREE[self.pii]


_NOTHING = Field(is_dead=True)
_FREE = {Pii.FALSE: _NOTHING, Pii.MAYBE: Field(Pii.MAYBE), Pii.TRUE: Field(Pii.TRUE)}
_TRUE, _MAYBE = _FREE[Pii.TRUE], _FREE[Pii.MAYBE]
_PATH = Field(Pii.MAYBE, is_path=True)
_MESSAGE = Field(Pii.TRUE, frozenset(["message"]))


def _record(kind: str = "", others: Field = _NOTHING, **fields: Field) -> Field:
    return Field(types=frozenset([kind] if kind else []), fields=fields, others=others)


def _list(items: Field) -> Field:
    return Field(items=items)


def _values(entry: Field) -> Field:
    return Field(fields={"values": _list(entry)}, form=Form.VALUES)


def _attributes() -> Field:
    return Field(Pii.TRUE, form=Form.ATTRIBUTES)


_FRAME = _record("frame", vars=_TRUE, filename=_PATH, abs_path=_PATH, module=_MAYBE, file_revision=_MAYBE)
_STACKTRACE = _record("stacktrace", frames=_list(_FRAME))
_EXCEPTION = _record(
    "exception",
    value=_TRUE,
    mechanism=_record(description=_TRUE, data=_TRUE),
    stacktrace=_STACKTRACE,
    raw_stacktrace=_STACKTRACE,
)
_THREAD = _record("thread", stacktrace=_STACKTRACE, raw_stacktrace=_STACKTRACE)
_BREADCRUMB = _record("breadcrumb", message=_MESSAGE, data=_TRUE)
_LOGENTRY = _record(
    "logentry", message=replace(_MESSAGE, alias=(("formatted", None),)), formatted=_MESSAGE, params=_TRUE
)
_FORMATTED = replace(_MESSAGE, alias=(("logentry", _LOGENTRY), ("formatted", None)))
_USER = Field(Pii.FALSE, frozenset(["user"]), fields={"segment": _NOTHING}, others=_TRUE)
_REQUEST = _record(
    "request",
    url=_MAYBE,
    data=_TRUE,
    query_string=_TRUE,
    fragment=_TRUE,
    cookies=_TRUE,
    headers=_TRUE,
    env=_TRUE,
)
_SDK = _record("sdk", client_ip=_TRUE)
_KNOWN_CONTEXTS = (
    "app",
    "browser",
    "cloud_resource",
    "culture",
    "flags",
    "gpu",
    "memory_info",
    "os",
    "client_os",
    "ota_updates",
    "otel",
    "performance_score",
    "profile",
    "replay",
    "runtime",
    "spring",
    "threadpool_info",
    "trace",
    "unity",
)
_CONTEXTS = Field(
    fields={
        **dict.fromkeys(_KNOWN_CONTEXTS, _MAYBE),
        "device": Field(Pii.MAYBE, fields={"device_unique_identifier": _TRUE}),
        "response": Field(Pii.MAYBE, fields=dict.fromkeys(("cookies", "headers", "data"), _TRUE)),
        "feedback": Field(Pii.MAYBE, fields={"contact_email": _TRUE}),
    },
    others=_TRUE,
)
_SPAN = _record(
    "span",
    description=_MAYBE,
    name=_MAYBE,
    data=_TRUE,
    tags=_MAYBE,
    attributes=_attributes(),
    links=_list(_record(attributes=_TRUE)),
)
_IMAGE = _record(code_file=_PATH, debug_file=_PATH, name=_PATH)
_ERROR = _record(value=_TRUE)


def _with_older_names(fields: dict[str, Field]) -> dict[str, Field]:
    older = {
        "Message": "logentry",
        "Exception": "exception",
        "Stacktrace": "stacktrace",
        "Http": "request",
        "User": "user",
        "Contexts": "contexts",
        "Breadcrumbs": "breadcrumbs",
        "Template": "template",
        "Csp": "csp",
    }
    return fields | {
        f"sentry.interfaces.{old}": replace(fields[new], alias=((new, None),)) for old, new in older.items()
    }


EVENT = Field(
    types=frozenset(["event"]),
    fields=_with_older_names(
        {
            "message": _FORMATTED,
            "logentry": _LOGENTRY,
            "culprit": _MAYBE,
            "server_name": _TRUE,
            "tags": _MAYBE,
            "extra": _TRUE,
            "user": _USER,
            "request": _REQUEST,
            "contexts": _CONTEXTS,
            "breadcrumbs": _values(_BREADCRUMB),
            "exception": _values(_EXCEPTION),
            "stacktrace": _STACKTRACE,
            "threads": _values(_THREAD),
            "template": _record(filename=_TRUE, abs_path=_TRUE),
            "sdk": _SDK,
            "debug_meta": _record(images=_list(_IMAGE)),
            "csp": _TRUE,
            "spans": _list(_SPAN),
            "errors": _list(_ERROR),
        }
    ),
    others=_NOTHING,
)
"""Events and transactions, as sent or normalised."""

SPAN = _SPAN
"""A span on its own."""

SPANS = _record(items=_list(_SPAN))
"""A container of streamed spans."""

LOGS = _record(items=_list(_record("log", body=_MESSAGE, attributes=_attributes())))
"""A container of log records."""

METRICS = _record(items=_list(_record("trace_metric", attributes=_attributes())))
"""A container of metric points."""

REPLAY = _record(
    "replay",
    urls=_list(_TRUE),
    tags=_MAYBE,
    user=_USER,
    request=_REQUEST,
    contexts=_CONTEXTS,
    sdk=_SDK,
)
"""What is known of a stretch of a replay."""

RECORDING = _list(
    _record(
        data=_record(payload=_record("replay", description=_TRUE, message=_TRUE, data=_TRUE, href=_MAYBE))
    )
)
"""A replay's recording: only breadcrumbs and spans in it, the page itself is masked by the client."""

REPORT = Field(Pii.TRUE)
"""A user's words about an event, or a browser's report: everything in it can tell of somebody."""

SESSION = _record(attrs=_record(ip_address=_TRUE, user_agent=_MAYBE))
"""A session, or counts of them."""

_IDENTITIES = dict.fromkeys(
    (
        "id",
        "trace",
        "span_id",
        "parent_span",
        "project",
        "project.name",
        "project.id",
        "issue",
        "issue.id",
        "release",
        "environment",
        "timestamp",
        "replayId",
        "replay.id",
        "profile.id",
        "profiler.id",
        "sentry.item_id",
        "severity",
        "level",
    ),
    _NOTHING,
)
_WORDS = {"message": _FORMATTED, "title": _FORMATTED}

EVENT_ROWS = _list(Field(Pii.FALSE, fields=_IDENTITIES | _WORDS, others=_MAYBE))
"""Rows of a table over events: columns with messages, and tags."""

RECORD_ROWS = _list(Field(Pii.FALSE, fields=_IDENTITIES | _WORDS, others=_TRUE))
"""Rows of a table over spans, logs or metrics: columns with messages, and attributes."""

REPORTS = _list(Field(Pii.FALSE, fields=_IDENTITIES, others=_TRUE))
"""What users said, as rows."""
