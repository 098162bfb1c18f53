"""What a project has chosen of processing: scrubbing, filters, trimming, grouping. The store has it as JSON.

Everything is off or as lenient as it gets until somebody chooses, and then digest does nothing for it.
Reading is lenient, so that a member an older or newer version wrote wrongly costs only itself; what comes
from a person goes through `checked_rules` first.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from ipaddress import ip_network
from typing import Any

import orjson

from vedette.domain.json import JsonObject, JsonValue
from vedette.processing.filters.browsers import LEGACY_BROWSERS
from vedette.processing.filters.inbound import InboundFilters
from vedette.processing.grouping import GroupingRules, RuleTextError, grouping_rules
from vedette.processing.scrubbing.scrubber import Scrubber
from vedette.processing.scrubbing.settings import Scrubbing, ScrubbingError, make_scrubber

MOST_TEXTS = 500
LONGEST_TEXT = 1000
LONGEST_CONFIG = 100_000


class Trimming(StrEnum):
    """How much of an event's long values is kept."""

    NONE = "none"  # all of it, as far as an item may be large
    REFERENCE = "reference"  # as the protocol's server trims


@dataclass(frozen=True)
class ProjectRules:
    """A project's rules of processing."""

    scrub_on_ingest: bool = False  # what is stored is scrubbed, the bytes that came included
    scrub_on_export: bool = True  # what leaves by copying and saving is
    scrubbing: Scrubbing = field(default_factory=Scrubbing)
    filters: InboundFilters = field(default_factory=InboundFilters)
    trimming: Trimming = Trimming.NONE
    stack_trace_rules: str = ""  # as people write them, after those that are built in
    fingerprint_rules: str = ""  # before those that are built in

    @property
    def is_idle(self) -> bool:
        """Whether digest has nothing to do for them before an event is processed."""
        return not self.scrub_on_ingest and self.filters.is_idle and self.trimming is Trimming.NONE

    def grouping(self) -> GroupingRules:
        """Return the rules of grouping, ready for use; the same texts give the same rules again."""
        return grouping_rules(self.stack_trace_rules, self.fingerprint_rules)

    def exporter(self) -> Scrubber | None:
        """Return what scrubs on the way out, None if nothing does."""
        if not self.scrub_on_export:
            return None
        scrubber = make_scrubber(self.scrubbing)
        return None if scrubber.is_idle else scrubber


class RulesError(ValueError):
    """Rules that cannot be; says which and why."""


# JSON member → attribute. The members of scrubbing are spelled as in the project API.
_SCRUBBING = {
    "dataScrubber": "scrub_data",
    "dataScrubberDefaults": "scrub_defaults",
    "sensitiveFields": "sensitive_fields",
    "safeFields": "safe_fields",
    "scrubIPAddresses": "scrub_ip_addresses",
    "relayPiiConfig": "pii_config",
}
_FILTERS = {
    "browser-extensions": "browser_extensions",
    "legacy-browsers": "legacy_browsers",
    "web-crawlers": "web_crawlers",
    "localhost": "localhost",
    "filtered-transaction": "health_checks",
    "react-hydration-errors": "react_hydration",
    "chunk-load-error": "chunk_load",
    "invalid-csp": "invalid_csp",
    "csp-sources": "csp_sources",
    "error-message": "error_messages",
    "release-version": "releases",
    "ip-address": "addresses",
    "log-message": "log_messages",
    "trace-metric-name": "metric_names",
}
_OWN = {
    "scrubOnIngest": "scrub_on_ingest",
    "scrubOnExport": "scrub_on_export",
    "trimming": "trimming",
    "stack_trace_rules": "stack_trace_rules",
    "fingerprint_rules": "fingerprint_rules",
}
MEMBERS = frozenset([*_SCRUBBING, *_FILTERS, *_OWN])
"""Every member of the JSON object."""


def read_rules(stored: JsonObject | None) -> ProjectRules:
    """Return the rules in *stored*; a member that cannot be is as if it were not there."""
    rules = ProjectRules()
    for name, value in (stored or {}).items():
        try:
            rules = _with(rules, name, value)
        except RulesError:
            continue
    return rules


def checked_rules(rules: ProjectRules, change: JsonObject) -> ProjectRules:
    """Return *rules* with the members of *change*. Raises RulesError with a sentence, and only that."""
    for name, value in change.items():
        rules = _with(rules, name, value)
    try:
        make_scrubber(rules.scrubbing)
    except ScrubbingError as error:
        raise RulesError(f"relayPiiConfig: {error}") from None
    return rules


def rules_json(rules: ProjectRules) -> JsonObject:
    """Return every member of *rules* as JSON: what `read_rules` reads."""
    found: JsonObject = {}
    for name, attribute in _SCRUBBING.items():
        found[name] = _plain(getattr(rules.scrubbing, attribute))
    for name, attribute in _FILTERS.items():
        found[name] = _plain(getattr(rules.filters, attribute))
    for name, attribute in _OWN.items():
        found[name] = _plain(getattr(rules, attribute))
    return found


def _plain(value: object) -> JsonValue:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Trimming):
        return value.value
    if isinstance(value, dict):
        return orjson.dumps(value).decode()
    return value


def _with(rules: ProjectRules, name: str, value: JsonValue) -> ProjectRules:
    read = _READERS.get(name)
    if read is None:
        raise RulesError(f"there is no rule {name!r}")
    settled: Any = read(name, value)
    if name in _SCRUBBING:
        return replace(rules, scrubbing=replace(rules.scrubbing, **{_SCRUBBING[name]: settled}))
    if name in _FILTERS:
        return replace(rules, filters=replace(rules.filters, **{_FILTERS[name]: settled}))
    return replace(rules, **{_OWN[name]: settled})


def _flag(name: str, value: JsonValue) -> object:
    if not isinstance(value, bool):
        raise RulesError(f"{name}: expected true or false")
    return value


def _texts(name: str, value: JsonValue) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise RulesError(f"{name}: expected a list of texts")
    texts = tuple(dict.fromkeys(text.strip() for text in value if text.strip()))
    if len(texts) > MOST_TEXTS or any(len(text) > LONGEST_TEXT for text in texts):
        raise RulesError(f"{name}: at most {MOST_TEXTS} texts of {LONGEST_TEXT:,} characters")
    return texts


def _browsers(name: str, value: JsonValue) -> object:
    if isinstance(value, bool):
        return frozenset(LEGACY_BROWSERS[:8]) if value else frozenset()
    chosen = frozenset(_texts(name, value))
    unknown = sorted(chosen.difference(LEGACY_BROWSERS))
    if unknown:
        raise RulesError(f"{name}: there is no {unknown[0]!r}, only {', '.join(LEGACY_BROWSERS)}")
    return chosen


def _addresses(name: str, value: JsonValue) -> object:
    texts = _texts(name, value)
    for text in texts:
        try:
            ip_network(text, strict=False)
        except ValueError:
            raise RulesError(f"{name}: {text!r} is no address and no network like 10.0.0.0/8") from None
    return texts


def _config(name: str, value: JsonValue) -> object:
    """Take the rule configuration as the API sends it, JSON in a text, or as an object."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        if len(value) > LONGEST_CONFIG:
            raise RulesError(f"{name}: longer than {LONGEST_CONFIG:,} characters")
        try:
            value = orjson.loads(value)
        except orjson.JSONDecodeError as error:
            raise RulesError(f"{name}: not JSON: {error}") from None
    if not isinstance(value, dict):
        raise RulesError(f"{name}: expected an object")
    try:
        if len(orjson.dumps(value)) > LONGEST_CONFIG:
            raise RulesError(f"{name}: longer than {LONGEST_CONFIG:,} bytes")
        make_scrubber(Scrubbing(scrub_data=False, pii_config=value))
    except TypeError:
        raise RulesError(f"{name}: nested too deeply") from None
    except ScrubbingError as error:
        raise RulesError(f"{name}: {error}") from None
    return value or None


def _trimming(name: str, value: JsonValue) -> object:
    try:
        return Trimming(str(value))
    except ValueError:
        raise RulesError(f"{name}: expected one of {', '.join(Trimming)}") from None


def _stack_trace_rules(name: str, value: JsonValue) -> object:
    return _grouping(name, value, lambda text: grouping_rules(text))


def _fingerprint_rules(name: str, value: JsonValue) -> object:
    return _grouping(name, value, lambda text: grouping_rules("", text))


def _grouping(name: str, value: JsonValue, read: Callable[[str], object]) -> str:
    if not isinstance(value, str):
        raise RulesError(f"{name}: expected a text with a rule on each line")
    try:
        read(value)
    except RuleTextError as error:
        raise RulesError(f"{name}, {error}") from None
    return value


_READERS: dict[str, Callable[[str, JsonValue], object]] = {
    **dict.fromkeys(MEMBERS, _flag),
    **dict.fromkeys(
        (
            "sensitiveFields",
            "safeFields",
            "csp-sources",
            "error-message",
            "release-version",
            "log-message",
            "trace-metric-name",
        ),
        _texts,
    ),
    "legacy-browsers": _browsers,
    "ip-address": _addresses,
    "relayPiiConfig": _config,
    "trimming": _trimming,
    "stack_trace_rules": _stack_trace_rules,
    "fingerprint_rules": _fingerprint_rules,
}
