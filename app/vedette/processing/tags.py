"""Tags: the ones sent, and the ones the server adds by itself.

Sent tags win over derived ones; a key appears once. Reserved keys (``release``, ``user``, …) name event
fields and cannot be sent as tags.
"""

from functools import lru_cache

from vedette.domain.json import JsonObject, JsonValue
from vedette.processing.contexts import named_replay
from vedette.processing.exceptions import event_exceptions
from vedette.processing.faults import Faults
from vedette.processing.grouping.security import without_path
from vedette.processing.shapes import UnfitError, primitive_text

LONGEST_KEY = 200
LONGEST_VALUE = 200

Tag = tuple[str, str]

# Whose addresses carry keys and session ids behind the path.
_KEYS_IN_QUERY = "https://api.stripe.com/"
_RESERVED = frozenset(("release", "dist", "user", "filename", "function"))
_KEY_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:-")


def settle_tags(event: JsonObject, faults: Faults) -> None:
    """Make ``tags`` a list of ``[key, value]`` pairs of text: a map sorted by key, pairs in their order.

    ``server_name`` and ``site`` of the event become tags; the tag ``environment`` becomes the event's.
    """
    settled = _settle_pairs(event, _read_tags(event, faults), faults)
    for name in ("server_name", "site"):
        value = event.pop(name, None)
        if value and all(tag is None or tag[0] != name for tag in settled):
            settled.append([name, _clean_value(value, len(settled), faults)])
    if settled:
        event["tags"] = settled
    else:
        event.pop("tags", None)


def _read_tags(event: JsonObject, faults: Faults) -> list[JsonValue]:
    sent = event.get("tags")
    if type(sent) is dict:
        return [[key, sent[key]] for key in sorted(sent)]
    if type(sent) is list:
        return list(sent)
    if sent is not None:
        faults.invalid(("tags",), sent, "expected tags")
    return []


def _settle_pairs(event: JsonObject, tags: list[JsonValue], faults: Faults) -> list[JsonValue]:
    settled: list[JsonValue] = []
    seen = set()
    for tag in tags:
        if type(tag) is not list or len(tag) != 2:
            if tag is not None:
                faults.invalid(("tags", len(settled)), tag, "expected a tuple")
            settled.append(None)
            continue
        place = len(settled)
        try:
            key = clean_key(primitive_text(tag[0]) or "")
        except UnfitError as unfit:
            faults.invalid(("tags", place, 0), tag[0], str(unfit))
            settled.append([None, _clean_value(tag[1], place, faults)])
            continue
        if key in seen or key in _RESERVED or key.startswith("sentry:"):
            continue
        seen.add(key)
        if key == "environment":
            if not event.get("environment"):
                event["environment"] = primitive_text(tag[1])
            continue
        settled.append([key, _clean_value(tag[1], place, faults)])
    return settled


@lru_cache(maxsize=4096)
def clean_key(key: str) -> str:
    """Return *key* trimmed, with ``-`` for spaces. Raises UnfitError if it cannot be a tag's key."""
    cleaned = key[: LONGEST_KEY + 1].strip().replace(" ", "-")
    if not cleaned:
        raise UnfitError("expected a non-empty value")
    if len(key) > LONGEST_KEY:
        raise UnfitError("value too long")
    for character in cleaned:
        if character not in _KEY_CHARACTERS:
            raise UnfitError(f"invalid character {character!r}")
    return cleaned


def _clean_value(value: JsonValue, place: int, faults: Faults) -> str | None:
    if value is None:
        return None
    path = ("tags", place, 1)
    text = primitive_text(value)
    if text is None:
        faults.invalid(path, value, "expected a primitive value")
        return None
    text = text.strip()
    if not text:
        faults.invalid(path, reason="expected a non-empty value")
    elif "\n" in text:
        faults.invalid(path, value, "invalid character '\\n'")
    elif len(text) > LONGEST_VALUE:
        faults.invalid(path, value, kind="value_too_long")
    else:
        return text
    return None


def event_tags(event: JsonObject) -> tuple[Tag, ...]:
    """Return the tags of a normalised event: sent ones first, then derived ones. Keys are unique."""
    tags: dict[str, str] = {}
    for tag in event.get("tags") or ():
        if tag and tag[0] is not None and tag[1] is not None:
            tags.setdefault(tag[0], tag[1])
    for name in ("level", "logger", "environment", "release", "dist", "transaction"):
        _add(tags, name, event.get(name))
    user = event.get("user")
    if user:
        _add(tags, "user", user.get("sentry_user"))
    request = event.get("request")
    if request:
        _add(tags, "url", request.get("url"))
    _add_mechanism(tags, event)
    _add_contexts(tags, event.get("contexts") or {})
    _add(tags, "replayId", named_replay(event))
    csp = event.get("csp")
    if csp:
        _add_csp(tags, csp)
    return tuple(tags.items())


def _add(tags: dict[str, str], key: str, value: JsonValue) -> None:
    if not value or key in tags:
        return
    text = value if type(value) is str else primitive_text(value)
    if text:
        text = text.partition("\n")[0].strip()[:LONGEST_VALUE]
        if text:
            tags[key] = text


def _add_csp(tags: dict[str, str], csp: JsonObject) -> None:
    _add(tags, "effective-directive", csp.get("effective_directive"))
    uri = csp.get("blocked_uri")
    if type(uri) is not str:
        return
    if uri.startswith(_KEYS_IN_QUERY):
        uri = uri.partition("?")[0].partition("#")[0]
    _add(tags, "blocked-uri", uri)
    if uri.startswith(("http:", "https:", "ws:", "wss:")):
        _add(tags, "blocked-host", without_path(uri).rpartition("//")[2])


def _add_mechanism(tags: dict[str, str], event: JsonObject) -> None:
    handled = None
    for exception in reversed(event_exceptions(event)):
        mechanism = exception.get("mechanism")
        if mechanism:
            _add(tags, "mechanism", mechanism.get("type"))
            if mechanism.get("handled") is not None:
                handled = mechanism["handled"] if handled is None else handled and mechanism["handled"]
    if handled is not None:
        _add(tags, "handled", "yes" if handled else "no")


# Which members of a context become tags: suffix of the tag (after the context's key) → member.
_CONTEXT_TAGS = {
    "browser": (("", "browser"), (".name", "name")),
    "os": (("", "os"), (".name", "name")),
    "client_os": (("", "os"), (".name", "name")),
    "runtime": (("", "runtime"), (".name", "name")),
    "device": (("", "model"), (".family", "family")),
    "app": ((".device", "device_app_hash"),),
    "gpu": ((".name", "name"), (".vendor", "vendor_name")),
    "monitor": ((".id", "id"),),
}


def _add_contexts(tags: dict[str, str], contexts: JsonObject) -> None:
    for key, context in contexts.items():
        if not context:
            continue
        members = _CONTEXT_TAGS.get(context.get("type") or key)
        if members is None:
            continue
        for suffix, member in members:
            _add(tags, key + suffix, context.get(member))
        rooted = context.get("rooted")
        if rooted is not None:
            _add(tags, f"{key}.rooted", "yes" if rooted else "no")
