"""Rules drafted from what grouping saw: they can be read, and do what their title says."""

from typing import Any

import pytest

from vedette.desktop.issue.grouping.drafts import RuleKind, drafts_for, quoted, without_values
from vedette.desktop.issue.grouping.parts import Part, parts_of
from vedette.processing.grouping import explain, group
from vedette.processing.grouping.rules import grouping_rules


def an_event(value: str = "order 4711", **tags: str) -> dict[str, Any]:
    frames = [
        {"module": "flask.app", "function": "wsgi_app", "filename": "flask/app.py", "in_app": False},
        {"module": "shop.cart", "function": "total", "filename": "shop/cart.py", "in_app": True},
    ]
    return {
        "platform": "python",
        "tags": [list(pair) for pair in tags.items()],
        "exception": {"values": [{"type": "KeyError", "value": value, "stacktrace": {"frames": frames}}]},
    }


def frame_path(event: dict[str, Any]) -> list[Part]:
    """Return the parts from the variant down to the newest frame."""
    path = [parts_of(explain(event))[0]]
    while path[-1].id != "frame":
        path.append(
            [part for part in path[-1].children if part.id in ("exception", "stacktrace", "frame")][-1]
        )
    return path


def drafted(title: str, event: dict[str, Any], tags: tuple[tuple[str, str], ...] = ()) -> str:
    found = drafts_for(frame_path(event), "KeyError", "order 4711", tags)
    return next(draft.rule for draft in found if draft.title == title)


def test_by_type_only_makes_events_of_the_type_one_issue() -> None:
    rules = grouping_rules("", drafted("By type only", an_event()))
    other = {"platform": "python", "exception": {"values": [{"type": "KeyError", "value": "else"}]}}
    assert group(an_event(), rules).hashes == group(other, rules).hashes
    assert group(an_event()).hashes != group(other).hashes


def test_apart_by_tag_takes_events_of_other_values_apart() -> None:
    rules = grouping_rules("", drafted("Apart by tag till", an_event(till="1"), (("till", "1"),)))
    assert group(an_event(till="1"), rules).hashes != group(an_event(till="2"), rules).hashes
    assert group(an_event(till="1")).hashes == group(an_event(till="2")).hashes


def test_messages_alike_are_one_issue() -> None:
    rules = grouping_rules("", drafted("All messages like this are one issue", an_event()))
    assert group(an_event("order 1"), rules).hashes == group(an_event("order 99"), rules).hashes
    assert group(an_event("order 1"), rules).variant == "fingerprint"


def test_every_draft_can_be_read_and_no_two_are_the_same() -> None:
    found = drafts_for(frame_path(an_event()), "KeyError", 'say "hi" \\ 12', [("a.b", "1"), ("c", "2")])
    assert len({draft.rule for draft in found}) == len(found) > 6
    for draft in found:
        if draft.kind is RuleKind.FINGERPRINT:
            grouping_rules("", draft.rule)
        else:
            grouping_rules(draft.rule, "")


@pytest.mark.parametrize(
    ("message", "pattern"),
    [
        ("order 4711 of 3", "order * of *"),
        ("user <int> failed\nmore", "user * failed"),
        ("what * ever", "what ? ever"),
        ("12 34", ""),
        ("", ""),
    ],
)
def test_what_varies_becomes_a_star(message: str, pattern: str) -> None:
    assert without_values(message) == pattern


def test_an_argument_is_quoted_so_that_it_is_read_as_it_was() -> None:
    assert quoted('a"b\\c') == '"a\\"b\\\\c"'
