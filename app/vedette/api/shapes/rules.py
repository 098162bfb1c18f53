"""What a project has chosen of scrubbing, filters, trimming and grouping, as the API says it."""

from typing import Annotated, Literal, TypedDict

from vedette.api.schema import AtMost
from vedette.domain.json import JsonObject, JsonValue
from vedette.processing.filters.browsers import LEGACY_BROWSERS
from vedette.processing.grouping import CONFIG
from vedette.processing.rules import ProjectRules, rules_json

FieldName = Annotated[str, AtMost(1000)]


class Scrubbed(TypedDict):
    """What of a project's data is scrubbed, and where.

    The first six are Sentry's; `relayPiiConfig` is JSON in a text. `scrubOnIngest`, `scrubOnExport` and
    `trimming` are Vedette's own: whether what is stored, and what is copied out of the window, is scrubbed,
    and whether long values are trimmed as Sentry does.
    """

    dataScrubber: bool
    dataScrubberDefaults: bool
    sensitiveFields: list[str]
    safeFields: list[str]
    scrubIPAddresses: bool
    relayPiiConfig: str | None
    scrubOnIngest: bool
    scrubOnExport: bool
    trimming: Literal["none", "reference"]


class ScrubbedChange(TypedDict, total=False):
    """The same, to be changed member by member."""

    dataScrubber: bool
    dataScrubberDefaults: bool
    sensitiveFields: list[FieldName]
    safeFields: list[FieldName]
    scrubIPAddresses: bool
    relayPiiConfig: Annotated[str, AtMost(100_000)] | None
    scrubOnIngest: bool
    scrubOnExport: bool
    trimming: Literal["none", "reference"]


class Filter(TypedDict):
    """An inbound filter. `active` is a list where parts of it are chosen, or where it holds texts to match:
    globs (`error-message`, `release-version`, `log-message`, `trace-metric-name`, `csp-sources`), addresses
    or networks (`ip-address`)."""

    id: str
    active: bool | list[str]


class FilterChange(TypedDict, total=False):
    """`subfilters` for filters that consist of parts or texts; `active` switches all or none of it."""

    active: bool
    subfilters: list[FieldName]


FILTERS = (
    "browser-extensions",
    "legacy-browsers",
    "localhost",
    "web-crawlers",
    "filtered-transaction",
    "react-hydration-errors",
    "chunk-load-error",
    "invalid-csp",
    "csp-sources",
    "error-message",
    "release-version",
    "ip-address",
    "log-message",
    "trace-metric-name",
)
"""The ids of the filters; members of the rules are called the same."""

LISTS = {"legacy-browsers": LEGACY_BROWSERS, "csp-sources": (), "error-message": (), "release-version": (),
         "ip-address": (), "log-message": (), "trace-metric-name": ()}  # fmt: skip
"""Filters that hold a list, with what may be in it; () for any text."""


class Grouped(TypedDict):
    """How a project's events are grouped: the edition, and its own rules, one a line, in Sentry's syntax."""

    groupingConfig: str
    groupingEnhancements: str
    fingerprintingRules: str


class GroupedChange(TypedDict, total=False):
    """The rules of grouping, to be changed."""

    groupingEnhancements: Annotated[str, AtMost(200_000)]
    fingerprintingRules: Annotated[str, AtMost(200_000)]


_GROUPED = {"groupingEnhancements": "stack_trace_rules", "fingerprintingRules": "fingerprint_rules"}


def grouping_members(rules: ProjectRules) -> Grouped:
    return {
        "groupingConfig": CONFIG,
        "groupingEnhancements": rules.stack_trace_rules,
        "fingerprintingRules": rules.fingerprint_rules,
    }


def rules_of_grouping(body: JsonObject) -> JsonObject:
    """Return the members of the rules that *body* changes."""
    return {member: body[name] for name, member in _GROUPED.items() if name in body}


def scrubbed_shape(rules: ProjectRules) -> Scrubbed:
    written = rules_json(rules)
    return {name: written[name] for name in Scrubbed.__annotations__}  # type: ignore[return-value]


def filter_shapes(rules: ProjectRules) -> list[Filter]:
    written = rules_json(rules)
    return [{"id": name, "active": _active(written[name])} for name in FILTERS]


def _active(value: JsonValue) -> bool | list[str]:
    return value if isinstance(value, list) and value else bool(value)


def option_members(rules: ProjectRules) -> dict[str, JsonValue]:
    """Return the project's ``options`` that are filters, in Sentry's spelling: texts with a line for each."""
    written = rules_json(rules)
    return {
        "filters:blacklisted_ips": "\n".join(written["ip-address"]),
        "filters:releases": "\n".join(written["release-version"]),
        "filters:error_messages": "\n".join(written["error-message"]),
        "filters:log_messages": "\n".join(written["log-message"]),
        "filters:trace_metric_names": "\n".join(written["trace-metric-name"]),
        "filters:react-hydration-errors": written["react-hydration-errors"],
        "filters:chunk-load-error": written["chunk-load-error"],
    }


_OPTIONS = {
    "filters:blacklisted_ips": "ip-address",
    "filters:releases": "release-version",
    "filters:error_messages": "error-message",
    "filters:log_messages": "log-message",
    "filters:trace_metric_names": "trace-metric-name",
    "filters:react-hydration-errors": "react-hydration-errors",
    "filters:chunk-load-error": "chunk-load-error",
}


def rules_of_options(options: JsonObject) -> JsonObject:
    """Return the members of the rules that *options* as above change; options unknown here are left out."""
    change: JsonObject = {}
    for name, member in _OPTIONS.items():
        value = options.get(name)
        if value is None:
            continue
        change[member] = value.splitlines() if isinstance(value, str) else value
    return change
