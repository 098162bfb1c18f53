"""What became of a request or an item, and why.

Nothing vanishes silently: everything that arrives ends with one Outcome, and every Outcome but STORED
carries a Reason and a sentence a person can act on.
"""

from enum import StrEnum


class Outcome(StrEnum):
    """The end of a request or item. The stored spelling, the API's and the inspector's."""

    STORED = "stored"
    FILTERED = "filtered"
    INVALID = "invalid"
    REFUSED = "refused"
    DUPLICATE = "duplicate"
    NOT_INGEST = "not_ingest"  # a request to a path that takes no data


class Reason(StrEnum):
    """Why something was refused or is invalid. One word per case; the sentence travels beside it."""

    # refused before the acknowledgement
    MISSING_AUTH = "missing_auth"
    MULTIPLE_AUTH = "multiple_auth"
    BAD_AUTH = "bad_auth"
    BAD_KEY = "bad_key"
    BAD_PROJECT = "bad_project"
    BAD_VERSION = "bad_version"
    UNKNOWN_KEY = "unknown_key"
    PROJECT_MISMATCH = "project_mismatch"
    BLOCKED_SENDER = "blocked_sender"
    BAD_ENCODING = "bad_encoding"
    UNSUPPORTED_ENCODING = "unsupported_encoding"
    UNSUPPORTED_MEDIA_TYPE = "unsupported_media_type"
    EMPTY_BODY = "empty_body"
    BAD_EVENT_ID = "bad_event_id"
    BAD_OFFSET = "bad_offset"  # of an upload's next piece
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    DISK_FULL = "disk_full"
    RATE_LIMITED = "rate_limited"
    QUEUE_FULL = "queue_full"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    BAD_HTTP = "bad_http"  # no request at all
    # found while framing or parsing
    BAD_ENVELOPE = "bad_envelope"
    BAD_ITEM = "bad_item"
    BAD_JSON = "bad_json"
    BAD_EVENT = "bad_event"
    BAD_TRANSACTION = "bad_transaction"
    BAD_SPAN = "bad_span"
    BAD_LOG = "bad_log"
    BAD_METRIC = "bad_metric"
    BAD_FEEDBACK = "bad_feedback"
    BAD_PROFILE = "bad_profile"
    BAD_REPLAY = "bad_replay"
    BAD_REPORT = "bad_report"  # a browser's
    BAD_SESSION = "bad_session"
    BAD_CHECK_IN = "bad_check_in"
    MONITOR_DISABLED = "monitor_disabled"
    TOO_MANY_MONITORS = "too_many_monitors"
    TOO_OLD = "too_old"
    BAD_FORM = "bad_form"  # multipart, or what should be
    BAD_MINIDUMP = "bad_minidump"
    BAD_CRASH_REPORT = "bad_crash_report"  # Apple's, Unreal's, a console's
    BAD_VIEW_HIERARCHY = "bad_view_hierarchy"
    BAD_OTLP = "bad_otlp"
    TOO_MANY_ITEMS = "too_many_items"
    DUPLICATE_EVENT = "duplicate_event"
    DUPLICATE_ITEM = "duplicate_item"
    POISON = "poison"
    # not wanted by the project's inbound filters; the protocol's spelling
    IP_ADDRESS = "ip-address"
    RELEASE_VERSION = "release-version"
    ERROR_MESSAGE = "error-message"
    BROWSER_EXTENSIONS = "browser-extensions"
    LEGACY_BROWSERS = "legacy-browsers"
    WEB_CRAWLERS = "web-crawlers"
    LOCALHOST = "localhost"
    FILTERED_TRANSACTION = "filtered-transaction"
    INVALID_CSP = "invalid-csp"
    REACT_HYDRATION = "react-hydration-errors"
    CHUNK_LOAD = "chunk-load-error"
    LOG_MESSAGE = "log-message"
    METRIC_NAME = "trace-metric-name"
    # what a person did not want (again)
    DISCARDED = "discarded-hash"  # the protocol's spelling
    DELETED = "deleted"  # it was here; its issue was deleted since
    # stored, with a remark
    STORED_RAW = "stored_raw"


# HTTP status a reason is answered with; what is missing here is found after the acknowledgement.
HTTP_STATUS: dict[Reason, int] = {
    Reason.MISSING_AUTH: 401,
    Reason.MULTIPLE_AUTH: 401,
    Reason.BAD_AUTH: 401,
    Reason.UNKNOWN_KEY: 401,
    Reason.BLOCKED_SENDER: 403,
    Reason.BAD_KEY: 400,
    Reason.BAD_PROJECT: 400,
    Reason.BAD_VERSION: 400,
    Reason.PROJECT_MISMATCH: 400,
    Reason.BAD_ENCODING: 400,
    Reason.UNSUPPORTED_ENCODING: 415,
    Reason.UNSUPPORTED_MEDIA_TYPE: 415,
    Reason.EMPTY_BODY: 400,
    Reason.BAD_EVENT_ID: 400,
    Reason.BAD_OFFSET: 409,
    Reason.BAD_ENVELOPE: 400,
    Reason.BAD_JSON: 400,
    Reason.BAD_EVENT: 400,
    Reason.BAD_OTLP: 400,
    Reason.TOO_LARGE: 413,
    Reason.TOO_MANY_ITEMS: 400,
    Reason.TOO_SLOW: 408,
    Reason.DISK_FULL: 429,
    Reason.RATE_LIMITED: 429,
    Reason.QUEUE_FULL: 503,
    Reason.NOT_FOUND: 404,
    Reason.METHOD_NOT_ALLOWED: 405,
    Reason.BAD_HTTP: 400,
}


class IngestError(Exception):
    """The sender's mistake. The only exception protocol and processing let escape.

    ``reason`` says which; ``detail`` is the sentence shown to the developer, in the protocol's wording
    where it has one; ``offset`` is the byte it was found at, where that is known.
    """

    def __init__(self, reason: Reason, detail: str, *, offset: int | None = None) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.offset = offset

    @property
    def status(self) -> int:
        """The HTTP status this is answered with."""
        return HTTP_STATUS.get(self.reason, 400)
