"""Who was affected: the user interface, and where an address may be taken from."""

from ipaddress import ip_address

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.processed import Arrival
from vedette.processing.faults import Faults
from vedette.processing.shapes import LENIENT_TEXT, MAPPING, TEXT, Kind, Shape, UnfitError, as_object

_AUTO = "{{auto}}"


def _address(value: JsonValue) -> JsonValue:
    if type(value) is str:
        if value == _AUTO:
            return value
        try:
            return str(ip_address(value.strip()))
        except ValueError:
            pass
    raise UnfitError("expected an ip address")


_USER = Shape(
    id=LENIENT_TEXT,
    email=TEXT,
    ip_address=Kind(None, _address),
    username=LENIENT_TEXT,
    name=TEXT,
    geo=MAPPING,
    segment=TEXT,
    data=MAPPING,
    sentry_user=TEXT,
)
_FIELDS = frozenset(
    ("id", "email", "ip_address", "username", "name", "sentry_user", "geo", "segment", "data")
)

# Only clients that run on the user's own machine speak from the user's address.
_PLATFORMS_AT_THE_USER = ("javascript", "cocoa", "objc")


def settle_user(event: JsonObject, arrival: Arrival, faults: Faults) -> None:
    """Put ``user`` into canonical form: unknown keys in ``data``, address inferred, ``sentry_user`` derived.

    Needs the settled request and platform.
    """
    user = as_object(event.get("user"), faults, ("user",), "user")
    if user is None:
        if "user" in event:
            event["user"] = None
        user = {}
    else:
        _move_unknown(user, faults)
    _infer_address(event, user, arrival)
    identity = user_identity(user)
    if identity:
        user["sentry_user"] = identity
    else:
        user.pop("sentry_user", None)
    if user:
        event["user"] = user


def user_identity(user: JsonObject) -> str | None:
    """Return ``id:7``, ``username:…``, ``email:…`` or ``ip:…``: the first that is known."""
    for field, prefix in (("id", "id"), ("username", "username"), ("email", "email"), ("ip_address", "ip")):
        value = user.get(field)
        if value:
            return f"{prefix}:{value}"
    return None


def _move_unknown(user: JsonObject, faults: Faults) -> None:
    _USER.check(user, faults, ("user",))
    unknown = [key for key in user if key not in _FIELDS]
    if unknown:
        data = user.get("data")
        if data is None:
            data = user["data"] = {}
        for key in unknown:
            data.setdefault(key, user.pop(key))


def _infer_address(event: JsonObject, user: JsonObject, arrival: Arrival) -> None:
    address = user.get("ip_address")
    if address and address != _AUTO:
        return
    sdk = event.get("sdk")
    settings = sdk.get("settings") if type(sdk) is dict else None
    mode = settings.get("infer_ip") if type(settings) is dict else None
    if mode == "never":
        user.pop("ip_address", None)
        return
    remote = _remote_address(event)
    inferred = remote or arrival.client_ip
    is_asked_for = mode == "auto" or address == _AUTO or remote is not None
    if not is_asked_for and (event["platform"] not in _PLATFORMS_AT_THE_USER or _was_scrubbed(event)):
        return
    if inferred:
        user["ip_address"] = inferred
    else:
        user.pop("ip_address", None)


def _remote_address(event: JsonObject) -> str | None:
    request = event.get("request")
    env = request.get("env") if request else None
    remote = env.get("REMOTE_ADDR") if env else None
    if type(remote) is not str:
        return None
    try:
        return str(ip_address(remote.strip()))
    except ValueError:
        return None


def _was_scrubbed(event: JsonObject) -> bool:
    """Whether the client itself removed the address: ``_meta`` says so with a remark of type x."""
    place: JsonValue = event.get("_meta")
    for step in ("user", "ip_address", ""):
        place = place.get(step) if type(place) is dict else None
    remarks = place.get("rem") if type(place) is dict else None
    return type(remarks) is list and any(type(entry) is list and "x" in entry[1:2] for entry in remarks)
