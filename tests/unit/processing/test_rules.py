"""A project's rules as JSON: read leniently, checked strictly, and idle until something is chosen."""

from typing import Any

import pytest

from vedette.processing.grouping import group
from vedette.processing.rules import (
    MEMBERS,
    ProjectRules,
    RulesError,
    Trimming,
    checked_rules,
    read_rules,
    rules_json,
)


def test_nothing_chosen_means_nothing_to_do() -> None:
    rules = read_rules(None)
    assert rules == ProjectRules()
    assert rules.is_idle
    assert rules.scrub_on_export
    assert rules.exporter() is not None


def test_what_is_written_is_read_again() -> None:
    change: dict[str, Any] = {
        "scrubOnIngest": True,
        "scrubOnExport": False,
        "dataScrubberDefaults": False,
        "sensitiveFields": [" ssid ", "ssid", ""],
        "safeFields": ["ok"],
        "scrubIPAddresses": True,
        "relayPiiConfig": '{"applications": {"**": ["@ip"]}}',
        "trimming": "reference",
        "browser-extensions": True,
        "legacy-browsers": ["ie9", "ie10"],
        "error-message": ["*x*"],
        "release-version": ["1.*"],
        "log-message": ["GET /*"],
        "trace-metric-name": ["http.*"],
        "ip-address": ["10.0.0.0/8", "::1"],
    }
    rules = checked_rules(ProjectRules(), change)
    assert not rules.is_idle
    assert rules.exporter() is None
    assert rules.scrubbing.sensitive_fields == ("ssid",)
    assert rules.scrubbing.pii_config == {"applications": {"**": ["@ip"]}}
    assert rules.filters.legacy_browsers == {"ie9", "ie10"}
    assert rules.trimming is Trimming.REFERENCE
    written = rules_json(rules)
    assert set(written) == MEMBERS
    assert read_rules(written) == rules
    assert checked_rules(rules, {"relayPiiConfig": None}).scrubbing.pii_config is None


def test_browsers_can_be_chosen_all_at_once() -> None:
    assert len(checked_rules(ProjectRules(), {"legacy-browsers": True}).filters.legacy_browsers) == 8
    assert checked_rules(ProjectRules(), {"legacy-browsers": False}).filters.is_idle


def test_scrubbing_off_scrubs_nothing_on_the_way_out() -> None:
    assert checked_rules(ProjectRules(), {"dataScrubber": False}).exporter() is None


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"nothing": 1}, "there is no rule 'nothing'"),
        ({"scrubOnIngest": 1}, "scrubOnIngest: expected true or false"),
        ({"sensitiveFields": "x"}, "expected a list of texts"),
        ({"sensitiveFields": [1]}, "expected a list of texts"),
        ({"safeFields": ["x" * 1001]}, "at most 500 texts"),
        ({"safeFields": [str(n) for n in range(501)]}, "at most 500 texts"),
        ({"legacy-browsers": ["netscape"]}, "there is no 'netscape'"),
        ({"ip-address": ["10.0.0.0/99"]}, "'10.0.0.0/99' is no address"),
        ({"trimming": "much"}, "expected one of none, reference"),
        ({"relayPiiConfig": "{"}, "not JSON"),
        ({"relayPiiConfig": "[]"}, "expected an object"),
        ({"relayPiiConfig": "x" * 100_001}, "longer than"),
        ({"relayPiiConfig": {"rules": {"r": {"type": "pattern", "pattern": "x" * 100_000}}}}, "longer than"),
        ({"relayPiiConfig": '{"applications": {"a..b": []}}'}, "selector 'a..b'"),
    ],
)
def test_what_cannot_be_is_refused_when_set_and_left_out_when_read(change: dict[str, Any], why: str) -> None:
    with pytest.raises(RulesError, match=why.replace("(", r"\(")):
        checked_rules(ProjectRules(), change)
    assert read_rules(change | {"localhost": True}) == checked_rules(ProjectRules(), {"localhost": True})


def test_rules_of_grouping_are_texts_that_are_checked() -> None:
    texts = {"stack_trace_rules": "# own\nfunction:f -app", "fingerprint_rules": "type:E -> e"}
    rules = checked_rules(ProjectRules(), texts)
    assert rules.is_idle  # nothing is to be done before an event is processed
    assert (rules.stack_trace_rules, rules.fingerprint_rules) == tuple(texts.values())
    assert read_rules(rules_json(rules)) == rules
    assert rules.grouping() is read_rules(rules_json(rules)).grouping()
    assert group({"exception": {"values": [{"type": "E"}]}}, rules.grouping()).variant == "fingerprint"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"stack_trace_rules": "\n function:f"}, "stack_trace_rules, line 2, column 12: expected an action"),
        ({"fingerprint_rules": "type:E"}, "fingerprint_rules, line 1, column 7: expected -> and"),
        ({"fingerprint_rules": ["type:E -> e"]}, "fingerprint_rules: expected a text"),
        ({"stack_trace_rules": None}, "stack_trace_rules: expected a text"),
        ({"stack_trace_rules": "#" * 300_000}, "at most 200,000 characters"),
    ],
)
def test_rules_of_grouping_that_are_none_are_refused(change: dict[str, Any], why: str) -> None:
    with pytest.raises(RulesError, match=why):
        checked_rules(ProjectRules(), change)
    assert read_rules(change) == ProjectRules()


def test_a_configuration_nested_too_deeply_is_refused() -> None:
    deep: Any = {}
    for _ in range(300):
        deep = {"a": deep}
    with pytest.raises(RulesError, match="nested too deeply"):
        checked_rules(ProjectRules(), {"relayPiiConfig": deep})
