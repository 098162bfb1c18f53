"""An event as any SDK of any age sends it → the same event in the current protocol's shape.

The result depends on the payload and its arrival alone, so a stored event read again comes out as it did when
it was digested. Broken values are replaced as Sentry replaces them and kept in ``errors`` and ``_meta``.
Nothing is trimmed or scrubbed. Source: the protocol's event schema, measured with the published normaliser.
"""

import hashlib

import orjson

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.processed import Arrival
from vedette.processing.breadcrumbs import settle_breadcrumbs
from vedette.processing.contexts import add_device_class, clean_id, settle_contexts
from vedette.processing.debug_images import settle_debug_meta
from vedette.processing.exceptions import settle_exceptions, settle_threads
from vedette.processing.faults import Faults
from vedette.processing.levels import read_level
from vedette.processing.mechanisms import name_system_numbers
from vedette.processing.messages import settle_message
from vedette.processing.releases import settle_release
from vedette.processing.requests import settle_request
from vedette.processing.shapes import (
    ARRAY,
    LENIENT_TEXT,
    MAPPING,
    TEXT,
    UNSIGNED,
    Shape,
    UnfitError,
    primitive_text,
)
from vedette.processing.tags import settle_tags
from vedette.processing.timestamps import settle_times
from vedette.processing.transactions import check_times, settle_transaction
from vedette.processing.users import settle_user

PLATFORMS = frozenset(
    [
        "as3",
        "c",
        "cfml",
        "cocoa",
        "csharp",
        "elixir",
        "go",
        "groovy",
        "haskell",
        "java",
        "javascript",
        "native",
        "node",
        "objc",
        "other",
        "perl",
        "php",
        "python",
        "ruby",
    ]
)
LONGEST_LOGGER = 64

_LEGACY = {
    "sentry.interfaces.Message": "logentry",
    "sentry.interfaces.Exception": "exception",
    "sentry.interfaces.Stacktrace": "stacktrace",
    "sentry.interfaces.Http": "request",
    "sentry.interfaces.User": "user",
    "sentry.interfaces.Contexts": "contexts",
    "sentry.interfaces.Breadcrumbs": "breadcrumbs",
    "sentry.interfaces.Template": "template",
    "sentry.interfaces.Csp": "csp",
}

_TOP = Shape(
    version=LENIENT_TEXT,
    type=TEXT,
    culprit=TEXT,
    transaction=TEXT,
    transaction_info=MAPPING,
    time_spent=UNSIGNED,
    logger=TEXT,
    modules=MAPPING,
    platform=TEXT,
    server_name=LENIENT_TEXT,
    site=TEXT,
    template=MAPPING,
    sdk=MAPPING,
    checksum=TEXT,
    csp=MAPPING,
    spans=ARRAY,
    measurements=MAPPING,
    breakdowns=MAPPING,
)


def normalise_event(data: JsonObject, arrival: Arrival) -> JsonObject:
    """Return *data*, changed in place, as a canonical event.

    List-like interfaces are always ``{"values": […]}`` (entries may be null where a broken one stood), tags a
    list of pairs, times float seconds, ``event_id`` 32 hex digits, ``type`` and ``level`` always set.
    Raises IngestError(BAD_EVENT) for a time before 1970 and IngestError(BAD_TRANSACTION) for a transaction
    without times, trace or span ids.
    """
    settle_event(data, arrival)
    return data


def settle_event(data: JsonObject, arrival: Arrival, *, moves: bool = True) -> int:
    """Do what normalise_event does; return the microseconds by which the event's times moved.

    Without *moves* they stay, and the event can be settled again with the same arrival.
    """
    faults = Faults()
    _rename_legacy(data)
    _settle_id(data, arrival, faults)
    _TOP.check(data, faults, ())
    is_transaction = data.get("type") == "transaction"
    if is_transaction:
        check_times(data)
    shift = settle_times(data, arrival, faults, moves=moves)
    _settle_words(data, is_transaction, faults)
    _settle_sdk(data, arrival)
    settle_tags(data, faults)
    settle_release(data, faults)
    _settle_fingerprint(data, faults)
    settle_message(data, faults)
    settle_exceptions(data, faults)
    settle_threads(data, faults)
    settle_request(data, faults)
    settle_user(data, arrival, faults)
    settle_contexts(data, arrival, faults)
    settle_breadcrumbs(data, shift, faults)
    settle_debug_meta(data, faults)
    _settle_maps(data, faults)
    _complete(data)
    if is_transaction:
        settle_transaction(data, shift, faults)
    faults.record(data)
    return shift


def _rename_legacy(data: JsonObject) -> None:
    for key in [key for key in data if key.startswith("sentry.interfaces.")]:
        value = data.pop(key)
        name = _LEGACY.get(key)
        if name and data.get(name) is None:
            data[name] = value


def _settle_id(data: JsonObject, arrival: Arrival, faults: Faults) -> None:
    """The envelope's id wins. Without a valid one it is made from the payload, the same at every reading."""
    sent = data.get("event_id")
    event_id = clean_id(arrival.event_id, 32) or clean_id(sent, 32)
    if event_id is None:
        event_id = _derived_id(data, arrival)
        if sent is not None:
            faults.invalid(("event_id",), sent, "invalid event id")
    data["event_id"] = event_id


def _derived_id(data: JsonObject, arrival: Arrival) -> str:
    try:
        content = orjson.dumps(data, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # nested deeper than orjson writes
        content = repr(sorted(data)).encode()
    return hashlib.blake2b(content, digest_size=16, salt=arrival.received.to_bytes(8, "big")).hexdigest()


def _settle_words(data: JsonObject, is_transaction: bool, faults: Faults) -> None:
    """Level, platform, logger, transaction name."""
    level = data.get("level")
    data["level"] = "info" if is_transaction else "error"
    if level is not None:
        try:
            data["level"] = read_level(level)
        except UnfitError as unfit:
            faults.invalid(("level",), level, str(unfit))
    platform = data.get("platform")
    data["platform"] = platform if platform in PLATFORMS else "other"
    logger = data.get("logger")
    data["logger"] = _short_logger(logger, data["platform"]) if logger else ""
    transaction = data.get("transaction")
    if transaction:
        data["transaction"] = transaction.strip()


def _short_logger(logger: str, platform: str) -> str:
    """Long Java names lose leading packages, shown as ``*``."""
    logger = logger.strip()
    if platform == "java":
        while len(logger) > LONGEST_LOGGER and "." in logger.removeprefix("*."):
            logger = "*." + logger.removeprefix("*.").partition(".")[2]
    return logger


def _settle_sdk(data: JsonObject, arrival: Arrival) -> None:
    sdk = data.get("sdk")
    if not sdk:
        if arrival.sdk:
            sdk = dict(arrival.sdk)
        elif arrival.client:
            name, _, version = arrival.client.partition("/")
            sdk = {"name": name, "version": version or "unknown"}
        else:
            data.pop("sdk", None)
            return
        data["sdk"] = sdk
    for name in ("name", "version"):
        value = sdk.get(name)
        if value is not None and type(value) is not str:
            sdk[name] = primitive_text(value)


def _settle_fingerprint(data: JsonObject, faults: Faults) -> None:
    sent = data.get("fingerprint")
    if sent is None:
        data.pop("fingerprint", None)
        return
    if type(sent) is not list:
        data["fingerprint"] = None
        faults.invalid(("fingerprint",), sent, "expected an array")
        return
    texts = [primitive_text(part) for part in sent]
    data["fingerprint"] = [text for text in texts if text is not None]
    bad: list[JsonValue] = [
        part for part, text in zip(sent, texts, strict=True) if text is None and part is not None
    ]
    if bad:
        faults.invalid(("fingerprint",), bad)


def _settle_maps(data: JsonObject, faults: Faults) -> None:
    extra = data.get("extra")
    if extra is not None and type(extra) is not dict:
        data["extra"] = {}
        faults.invalid(("extra",), extra, "expected an object")
    modules = data.get("modules")
    if modules:
        for key in [key for key, value in modules.items() if type(value) is not str]:
            modules[key] = primitive_text(modules[key])


def _complete(data: JsonObject) -> None:
    """What needs other parts settled first: type, device class, names of system numbers."""
    if data.get("type") not in ("transaction", "feedback"):
        data["type"] = "error" if data.get("exception") else "csp" if data.get("csp") else "default"
    if "device" in data["contexts"]:
        add_device_class(data)
    if data.get("exception"):
        system = data["contexts"].get("os")
        name = system.get("name") if system else None
        name_system_numbers(data["exception"]["values"], name if type(name) is str else "")
