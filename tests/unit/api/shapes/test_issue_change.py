"""A client's change of issues, as the command it becomes."""

from typing import Any

import pytest

from vedette.api.schema import faults
from vedette.api.shapes.issue_change import IssueChange, IssueState, state_shape, translate
from vedette.domain.times import Micros

NOW = Micros(1_700_000_000_000_000)


@pytest.mark.parametrize(
    ("change", "arguments", "echo"),
    [
        (
            {"status": "resolved"},
            {"status": "resolved", "status_details": {}},
            {"status": "resolved", "statusDetails": {}},
        ),
        (
            {"status": "resolvedInNextRelease"},
            {"status": "resolved", "status_details": {"inNextRelease": True}},
            {"status": "resolved", "statusDetails": {"inNextRelease": True}},
        ),
        (
            {"status": "muted"},
            {"status": "ignored", "status_details": {}},
            {"status": "ignored", "statusDetails": {}},
        ),
        (
            {"status": "ignored", "statusDetails": {"ignoreDuration": 1}},
            {
                "status": "ignored",
                "status_details": {"ignoreUntil": "2023-11-14T22:14:20.000000Z"},
                "substatus": "archived_until_condition_met",
            },
            {
                "status": "ignored",
                "statusDetails": {"ignoreUntil": "2023-11-14T22:14:20.000000Z"},
                "substatus": "archived_until_condition_met",
            },
        ),
        (
            {"status": "ignored", "substatus": "archived_forever"},
            {"status": "ignored", "status_details": {}, "substatus": "archived_forever"},
            {"status": "ignored", "statusDetails": {}, "substatus": "archived_forever"},
        ),
        ({"substatus": "ongoing"}, {"substatus": "ongoing"}, {"substatus": "ongoing"}),
        (
            {"hasSeen": True, "isBookmarked": False, "priority": "low"},
            {"seen": True, "starred": False, "priority": "low"},
            {"hasSeen": True, "isBookmarked": False, "priority": "low"},
        ),
        ({"isSubscribed": True, "isPublic": True}, {}, {"isSubscribed": False, "isPublic": False}),
        ({}, {}, {}),
    ],
)
def test_a_change_becomes_a_command_and_an_echo(change: Any, arguments: Any, echo: Any) -> None:
    assert list(faults(change, IssueChange)) == []
    assert translate(change, NOW) == (arguments, echo)


@pytest.mark.parametrize(
    "change",
    [
        {"status": "closed"},
        {"status": None},
        {"priority": 1},
        {"statusDetails": {"ignoreCount": 0}},
        {"hasSeen": "yes"},
    ],
)
def test_a_change_outside_the_published_values_does_not_fit(change: Any) -> None:
    assert list(faults(change, IssueChange))


def test_what_was_there_before_can_be_sent_back() -> None:
    before = {
        "status": "ignored",
        "substatus": "archived_until_condition_met",
        "status_details": {"ignoreCount": 5},
        "basis": {"events": 7},
        "starred": True,
        "seen": False,
        "priority": "high",
        "priority_locked": False,
    }
    state = state_shape(before)
    assert list(faults(state, IssueState)) == []
    assert list(faults(state, IssueChange)) == []
    arguments, _ = translate(state, NOW)  # type: ignore[arg-type]
    assert arguments == before
