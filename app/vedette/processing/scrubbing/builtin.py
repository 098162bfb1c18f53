"""The built-in rules by name: ``@email``, ``@email:hash``, ``@common:filter`` and the others."""

from collections.abc import Iterator

from vedette.processing.scrubbing import patterns
from vedette.processing.scrubbing.patterns import Pattern
from vedette.processing.scrubbing.redaction import FILTERED, Method, Rule

TYPES: dict[str, tuple[Pattern, ...]] = {
    "anything": (patterns.ANYTHING,),
    "ip": (patterns.IPV4, patterns.IPV6),
    "imei": (patterns.IMEI,),
    "mac": (patterns.MAC,),
    "uuid": (patterns.UUID,),
    "email": (patterns.EMAIL,),
    "creditcard": (patterns.CREDITCARD,),
    "iban": (patterns.IBAN,),
    "userpath": (patterns.USERPATH,),
    "pemkey": (patterns.PEMKEY,),
    "urlauth": (patterns.URLAUTH,),
    "usssn": (patterns.US_SSN,),
    "bearer": (patterns.BEARER,),
    "password": (patterns.BEARER, patterns.TOKEN_KEY, patterns.PASSWORD),
}
"""The patterns of each rule type that needs no more than its name."""

# Rule, what replaces its matches, its suffixes; the first suffix is what the plain name does.
_SUFFIXES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("anything", FILTERED, ("replace", "hash", "mask", "filter", "remove")),
    ("ip", "[ip]", ("replace", "hash", "mask", "remove")),
    ("imei", "[imei]", ("replace", "hash", "mask", "remove")),
    ("mac", "[mac]", ("mask", "replace", "hash", "remove")),
    ("uuid", "[uuid]", ("mask", "replace", "hash", "remove")),
    ("email", "[email]", ("replace", "hash", "mask", "remove")),
    ("creditcard", "[creditcard]", ("replace", "hash", "mask", "filter", "remove")),
    ("iban", "[iban]", ("replace", "hash", "mask", "filter", "remove")),
    ("pemkey", "[pemkey]", ("replace", "hash", "filter", "remove")),
    ("urlauth", "[auth]", ("replace", "hash", "remove", "legacy")),
    ("usssn", "[us-ssn]", ("mask", "replace", "hash", "filter", "remove")),
    ("userpath", "[user]", ("replace", "hash", "remove")),
    ("bearer", "Bearer [token]", ("replace", "filter", "hash", "mask", "remove")),
    ("password", FILTERED, ("remove", "filter", "replace", "hash", "mask")),
)
_METHODS = {"filter": Method.REPLACE, "legacy": Method.REPLACE}

# In the order in which they are tried: what takes more of a text before what takes less.
_COMMON = (
    "@userpath",
    "@pemkey",
    "@urlauth",
    "@ip",
    "@creditcard",
    "@iban",
    "@email",
    "@usssn",
    "@bearer",
    "@password",
)
_COMMON_FILTER = (
    "@pemkey:filter",
    "@urlauth:legacy",
    "@bearer:filter",
    "@creditcard:filter",
    "@iban:filter",
    "@usssn:filter",
    "@password:filter",
)


def _made() -> Iterator[tuple[str, tuple[Rule, ...]]]:
    for name, text, suffixes in _SUFFIXES:
        for suffix in ("", *suffixes):
            rule_id = f"@{name}:{suffix}" if suffix else f"@{name}"
            word = suffix or suffixes[0]
            method = _METHODS.get(word) or Method(word)
            if rule_id == "@imei:mask":
                method = Method.HASH  # as measured
            found = (patterns.URLAUTH_PASSWORD,) if word == "legacy" else TYPES[name]
            yield rule_id, (Rule(rule_id, found, method, FILTERED if word in _METHODS else text),)
    yield "@userpath:filter", ()  # listed, and without effect, as measured


_SINGLE = dict(_made())
BUILTIN: dict[str, tuple[Rule, ...]] = {
    **_SINGLE,
    "@common": tuple(rule for name in _COMMON for rule in _SINGLE[name]),
    "@common:filter": tuple(rule for name in _COMMON_FILTER for rule in _SINGLE[name]),
}
"""Every built-in rule with the single rules it stands for, in the order they are tried."""
