"""A project's choice of what is scrubbed, and the rules it comes to.

The members of `Scrubbing` are the protocol's project settings; ``pii_config`` holds rules of one's own in the
protocol's JSON. What is wrong with those is told in a sentence when they are set, not when they are used.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from vedette.domain.json import JsonObject, JsonValue
from vedette.processing.scrubbing import patterns
from vedette.processing.scrubbing.builtin import BUILTIN, TYPES
from vedette.processing.scrubbing.expressions import ExpressionError, compile_expression
from vedette.processing.scrubbing.patterns import Looks, Pattern
from vedette.processing.scrubbing.redaction import FILTERED, Method, Rule
from vedette.processing.scrubbing.scrubber import Scrubber
from vedette.processing.scrubbing.selectors import (
    Pii,
    Selector,
    SelectorError,
    Step,
    key_anywhere,
    parse_selector,
)

MOST_RULES = 200
MOST_FIELDS = 500
_DEEPEST = 8


class ScrubbingError(ValueError):
    """Rules that cannot be used; says which and why."""


@dataclass(frozen=True)
class Scrubbing:
    """What a project has scrubbed; as the protocol's server has it when nothing is set."""

    scrub_data: bool = True
    scrub_defaults: bool = True
    sensitive_fields: tuple[str, ...] = ()
    safe_fields: tuple[str, ...] = ()
    scrub_ip_addresses: bool = False
    pii_config: JsonObject | None = field(default=None, hash=False)


# What the default rules leave alone; what has rules of its own is among it.
_LEFT_ALONE = parse_selector(
    "debug_meta.** || $frame.filename || $frame.abs_path || $logentry.formatted || $error.value"
    " || $http.headers.'user-agent' || $log.body"
)
_VALUES = parse_selector("$string || $number || $array || $object")
_FORMATTED = parse_selector("$logentry.formatted || $log.body")
_ADDRESSES = parse_selector("$http.env.REMOTE_ADDR || $user.ip_address || $sdk.client_ip")
_MESSAGE_RULES = (
    "@email:replace",
    "@creditcard:replace",
    "@iban:replace",
    "@bearer:replace",
    "@usssn:replace",
)

AI_ATTRIBUTES = frozenset(
    [
        "gen_ai.input.messages",
        "gen_ai.prompt",
        "gen_ai.request.messages",
        "gen_ai.tool.call.arguments",
        "gen_ai.tool.input",
        "gen_ai.tool.call.result",
        "gen_ai.tool.output",
        "gen_ai.output.messages",
        "gen_ai.response.tool_calls",
        "gen_ai.response.text",
        "gen_ai.response.object",
        "gen_ai.tool.definitions",
        "gen_ai.request.available_tools",
        "gen_ai.tool.name",
        "mcp.prompt.result",
        "mcp.tool.result.content",
    ]
)
"""Attributes that hold what was said to and by a model: text like a message, not a value like a password."""


class _Keyed:
    """Matches by the last keys of a path."""

    uses_indexes = False


class _SaidToModels(_Keyed):
    def matches(self, path: Sequence[Step], pii: Pii) -> bool:
        return pii is Pii.TRUE and path[-1].key in AI_ATTRIBUTES


class _SessionCookies(_Keyed):
    """Values of session cookies: in a list of cookies, or as an attribute of a span."""

    def matches(self, path: Sequence[Step], pii: Pii) -> bool:
        key = path[-1].key
        if pii is not Pii.TRUE or not isinstance(key, str):
            return False
        key = key.lower()
        before, dot, name = key.rpartition(".")
        if dot and name in patterns.SESSION_COOKIES:
            return before.endswith(("cookie", "cookies"))
        parent = path[-2].key if len(path) > 1 else ""
        return (
            key in patterns.SESSION_COOKIES
            and isinstance(parent, str)
            and parent.lower() in ("cookies", "cookie", "set-cookie")
        )


class _CookieHeaders(_Keyed):
    """Texts that hold several cookies."""

    def matches(self, path: Sequence[Step], pii: Pii) -> bool:
        key = path[-1].key
        return (
            pii is Pii.TRUE
            and isinstance(key, str)
            and key.lower().rpartition(".")[2] in ("cookie", "cookies", "set-cookie")
            and "string" in path[-1].types
        )


@dataclass(frozen=True)
class _Default:
    """Everything that can hold personal data, but for what is left alone and the project's safe fields."""

    safe: tuple[Selector, ...]
    uses_indexes = False

    def matches(self, path: Sequence[Step], pii: Pii) -> bool:
        return (
            _VALUES.matches(path, pii)
            and not _LEFT_ALONE.matches(path, pii)
            and path[-1].key not in AI_ATTRIBUTES
            and not any(selector.matches(path, pii) for selector in self.safe)
        )


def make_scrubber(settings: Scrubbing) -> Scrubber:
    """Return what scrubs by *settings*. Raises ScrubbingError for rules that cannot be used."""
    applications = [*_default_applications(settings)]
    if settings.pii_config:
        applications += own_applications(settings.pii_config)
    return Scrubber(applications)


def _default_applications(settings: Scrubbing) -> Iterator[tuple[Selector, tuple[Rule, ...]]]:
    if not settings.scrub_data:
        return
    rules: list[Rule] = []
    if settings.scrub_defaults:
        rules += BUILTIN["@common:filter"]
    if settings.scrub_ip_addresses:
        rules += BUILTIN["@ip:replace"]
    names = [name.strip() for name in settings.sensitive_fields if name.strip()][:MOST_FIELDS]
    if names:
        rules.append(Rule("strip-fields", (_key_pattern("|".join(map(re.escape, names))),)))
    safe = tuple(key_anywhere(name.strip()) for name in settings.safe_fields[:MOST_FIELDS] if name.strip())
    yield _Default(safe), tuple(rules)
    if settings.scrub_ip_addresses:
        yield _ADDRESSES, BUILTIN["@anything:remove"]
    if settings.scrub_defaults:
        yield _SessionCookies(), BUILTIN["@anything:filter"]
        yield _CookieHeaders(), (Rule("@anything:filter", (patterns.COOKIES,)),)
        messages = tuple(rule for name in _MESSAGE_RULES for rule in BUILTIN[name])
        yield _FORMATTED, messages
        yield _SaidToModels(), messages


def _key_pattern(expression: str) -> Pattern:
    return Pattern(re.compile(f"(?:{expression})", re.IGNORECASE), groups=(), looks=Looks.KEY_AND_VALUE)


def own_applications(config: JsonObject) -> list[tuple[Selector, tuple[Rule, ...]]]:
    """Return the rules of the protocol's rule configuration *config*. Raises ScrubbingError."""
    rules = config.get("rules", {})
    chosen = config.get("applications", {})
    if not isinstance(rules, dict) or not isinstance(chosen, dict):
        raise ScrubbingError("rules and applications must be objects")
    if len(rules) > MOST_RULES or len(chosen) > MOST_RULES:
        raise ScrubbingError(f"more than {MOST_RULES} rules or applications")
    book = _Book(rules, _hash_key(config))
    found: list[tuple[Selector, tuple[Rule, ...]]] = []
    for text, names in chosen.items():
        try:
            selector = parse_selector(text)
        except SelectorError as error:
            raise ScrubbingError(f"selector {text!r}: {error}") from None
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise ScrubbingError(f"selector {text!r}: expected a list of rule names")
        found.append((selector, tuple(rule for name in names for rule in book.rules(name, name, 0))))
    for name in rules:  # a rule nothing uses must be usable as well
        book.rules(name, name, 0)
    return found


def _hash_key(config: JsonObject) -> bytes:
    said = config.get("vars")
    key = said.get("hashKey") if isinstance(said, dict) else None
    return key.encode() if isinstance(key, str) else b""


class _Book:
    """The rules a configuration defines, by name."""

    def __init__(self, rules: Mapping[str, JsonValue], key: bytes) -> None:
        self._rules = rules
        self._key = key

    def rules(self, name: str, origin: str, depth: int) -> tuple[Rule, ...]:
        """Return the single rules *name* stands for; notes call them *origin*."""
        if depth > _DEEPEST:
            raise ScrubbingError(f"rule {name!r} leads back to itself, or too far")
        if name not in self._rules:
            if name in BUILTIN:
                return BUILTIN[name]
            raise ScrubbingError(f"there is no rule {name!r}")
        spec = self._rules[name]
        if not isinstance(spec, dict):
            raise ScrubbingError(f"rule {name!r}: expected an object")
        kind = spec.get("type")
        if kind == "multiple":
            return self._several(name, origin, spec, depth)
        if kind == "alias":
            return self.rules(str(spec.get("rule")), name if spec.get("hideInner") else origin, depth + 1)
        method, text = _redaction(name, spec)
        return (Rule(origin, self._patterns(name, kind, spec), method, text, self._key),)

    def _several(self, name: str, origin: str, spec: JsonObject, depth: int) -> tuple[Rule, ...]:
        inner = spec.get("rules")
        if not isinstance(inner, list) or len(inner) > MOST_RULES:
            raise ScrubbingError(f"rule {name!r}: expected a list of rules")
        hidden = bool(spec.get("hideInner"))
        found: list[Rule] = []
        for other in inner:
            if len(found) > MOST_RULES:
                raise ScrubbingError(f"rule {name!r}: more than {MOST_RULES} rules")
            found += self.rules(str(other), origin if hidden else str(other), depth + 1)
        return tuple(found)

    def _patterns(self, name: str, kind: JsonValue, spec: JsonObject) -> tuple[Pattern, ...]:
        if isinstance(kind, str) and kind in TYPES:
            return TYPES[kind]
        try:
            if kind == "pattern":
                expression = compile_expression(spec.get("pattern"))
                return (Pattern(expression, _groups(name, spec, expression.groups)),)
            if kind == "redact_pair":
                expression = compile_expression(spec.get("keyPattern"))
                return (Pattern(expression, (), Looks.KEY_AND_VALUE),)
        except ExpressionError as error:
            raise ScrubbingError(f"rule {name!r}: {error}") from None
        raise ScrubbingError(f"rule {name!r}: unknown type {kind!r}")


def _groups(name: str, spec: JsonObject, most: int) -> tuple[int, ...]:
    groups = spec.get("replaceGroups")
    if groups is None:
        return (0,)
    if (
        not isinstance(groups, list)
        or not groups
        or not all(type(n) is int and 0 <= n <= most for n in groups)
    ):
        raise ScrubbingError(f"rule {name!r}: replaceGroups must name groups of the pattern")
    return tuple(sorted(groups))


def _redaction(name: str, spec: JsonObject) -> tuple[Method, str]:
    said = spec.get("redaction") or {}
    if not isinstance(said, dict):
        raise ScrubbingError(f"rule {name!r}: redaction must be an object")
    word = said.get("method", "replace" if "text" in said else "default")
    text = said.get("text", FILTERED)
    if not isinstance(text, str) or len(text) > 1000:
        raise ScrubbingError(f"rule {name!r}: text must be at most 1,000 characters")
    if word in ("default", "remove"):
        return Method.REMOVE, ""
    if word in ("replace", "mask", "hash"):
        return Method(str(word)), text
    raise ScrubbingError(f"rule {name!r}: unknown method {word!r}")
