"""What differs between two events."""

from typing import Any

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.issue_desk import recorded_events
from vedette.desktop.compare.differences import (
    Difference,
    Kind,
    Part,
    counts,
    differences,
    marks,
    swapped,
)
from vedette.domain.json import JsonObject
from vedette.domain.processed import Arrival
from vedette.domain.times import SECOND, Micros
from vedette.processing import pipeline

NOON = Micros(1_795_500_000 * SECOND)


def event(**more: Any) -> JsonObject:
    sent = {"event_id": "1" * 32, "platform": "python", "timestamp": 1_795_500_000.0, **more}
    return pipeline.read_event(orjson.dumps(sent), Arrival(received=NOON))


def told(rows: tuple[Difference, ...]) -> list[tuple[str, str, str | None, str | None]]:
    return [
        (row.kind.value, f"{row.part.value} {row.label}", row.a, row.b)
        for row in rows
        if row.kind is not Kind.SAME and not row.is_noise
    ]


def a_crash(variables: dict[str, Any], line: int = 47, extra_frame: bool = False) -> dict[str, Any]:
    frames = [
        {"function": "main", "filename": "app.py", "lineno": 3, "in_app": True},
        {"function": "pay", "filename": "pay.py", "lineno": line, "in_app": True, "vars": variables},
    ]
    if extra_frame:
        frames.insert(1, {"function": "retry", "filename": "retry.py", "lineno": 9, "in_app": False})
    return {"values": [{"type": "KeyError", "value": "'till'", "stacktrace": {"frames": frames}}]}


def test_an_event_does_not_differ_from_itself() -> None:
    for scenario in ("py-shop-rich", "py-shop-group", "browser-garden11-errors"):
        for one in recorded_events(scenario):
            assert {row.kind for row in differences(one, one)} == {Kind.SAME}


def test_tags_user_and_release_differ_by_name() -> None:
    a = event(release="2.4.0", tags={"currency": "CHF", "till": "3"}, user={"id": "7", "plan": "gold"})
    b = event(release="2.3.9", tags={"currency": "EUR"}, user={"id": "7"})
    assert told(differences(a, b)) == [
        ("~", "event release", "2.4.0", "2.3.9"),
        ("~", "tag currency", "CHF", "EUR"),
        ("-", "tag till", "3", None),
        ("~", "tag release", "2.4.0", "2.3.9"),
        ("-", "user plan", "gold", None),
    ]


def test_variables_are_compared_in_the_frame_they_belong_to() -> None:
    a = event(exception=a_crash({"quantity": 0, "line": {"id": "A-1", "amount": 3}}))
    b = event(exception=a_crash({"quantity": 3, "line": {"id": "A-1"}}, line=48, extra_frame=True))
    assert told(differences(a, b)) == [
        ("~", "frame pay", "pay.py:47", "pay.py:48"),
        ("~", "variable pay · quantity", "0", "3"),
        ("-", "variable pay · line.amount", "3", None),
        ("+", "frame retry", None, "retry.py:9"),
    ]


def test_breadcrumbs_are_aligned_by_what_they_say_from_the_newest_back() -> None:
    def crumbs(*texts: str) -> dict[str, Any]:
        return {
            "values": [{"category": "log", "message": text, "timestamp": at} for at, text in enumerate(texts)]
        }

    a = event(breadcrumbs=crumbs("start", "GET /rates 204", "end"))
    b = event(breadcrumbs=crumbs("start", "extra", "GET /rates 200", "end"))
    rows = [row for row in differences(a, b) if row.part is Part.BREADCRUMB]
    assert [(row.kind, row.a, row.b) for row in rows] == [
        (Kind.SAME, "end", "end"),
        (Kind.CHANGED, "GET /rates 204", "GET /rates 200"),
        (Kind.ONLY_B, None, "extra"),
        (Kind.SAME, "start", "start"),
    ]
    assert rows[0].label.startswith("−1")


def test_requests_contexts_flags_and_packages_have_rows_of_their_own() -> None:
    def flags(result: bool) -> dict[str, Any]:
        return {"flags": {"values": [{"flag": "new-till", "result": result}]}, "order": {"paid": result}}

    a = event(
        request={"url": "http://shop.test/pay", "method": "POST", "headers": {"X-Till": "3"}},
        contexts=flags(True),
        modules={"django": "5.1"},
    )
    b = event(
        request={"url": "http://shop.test/pay", "method": "PUT", "headers": {"X-Till": "4"}},
        contexts=flags(False),
        modules={"django": "5.2", "attrs": "25.1"},
    )
    labels = [(kind, name) for kind, name, _, _ in told(differences(a, b))]
    assert labels == [
        ("~", "request method"),
        ("~", "request headers.X-Till"),
        ("~", "feature flag new-till"),
        ("~", "context order.paid"),
        ("~", "package django"),
        ("+", "package attrs"),
    ]


def test_ids_and_moments_are_counted_apart() -> None:
    a = event(
        extra={"at": "2026-11-24T10:00:00Z", "n": 1},
        contexts={"trace": {"trace_id": "1" * 32, "span_id": "2" * 16}},
    )
    b = event(
        event_id="2" * 32,
        timestamp=1_795_500_100.0,
        extra={"at": "2026-11-24T11:00:00Z", "n": 2},
        contexts={"trace": {"trace_id": "3" * 32, "span_id": "4" * 16}},
    )
    rows = differences(a, b)
    number = counts(rows)
    assert (number.differ, number.only_a, number.only_b) == (1, 0, 0)
    assert number.noise >= 4
    assert told(rows) == [("~", "additional data n", "1", "2")]


def test_an_enormous_event_is_compared_up_to_a_bound() -> None:
    a = event(extra={f"key {n}": n for n in range(30_000)})
    rows = differences(a, event())
    assert 1_000 < len(rows) <= 20_000


_PLAIN = st.none() | st.booleans() | st.integers(-999, 999) | st.text(max_size=8)
_VALUES = st.recursive(
    _PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
_NAMES = (
    "extra", "user", "tags", "contexts", "request", "breadcrumbs", "exception", "threads", "modules", "sdk",
    "logentry", "level", "release",
)  # fmt: skip
_EVENTS = st.fixed_dictionaries({}, optional=dict.fromkeys(_NAMES, _VALUES))


@settings(max_examples=150, deadline=None)
@given(_EVENTS, _EVENTS)
def test_two_events_of_any_shape_are_compared_the_same_from_either_side(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    a, b = event(**first), event(**second)
    there, back = counts(differences(a, b)), counts(differences(b, a))
    assert (there.only_a, there.only_b) == (back.only_b, back.only_a)
    assert (there.same, there.differ, there.noise) == (back.same, back.differ, back.noise)
    assert all(row.kind is Kind.SAME for row in differences(a, a))
    turned = swapped(differences(a, b))
    assert counts(turned).only_a == there.only_b
    for row in turned:
        assert row.sentence


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_what_is_not_marked_is_the_same_in_both(first: str, second: str) -> None:
    left, right = marks(first, second)

    def rest(text: str, spans: list[tuple[int, int]]) -> str:
        kept, at = "", 0
        for start, end in spans:
            assert at <= start < end <= len(text)
            kept, at = kept + text[at:start], end
        return kept + text[at:]

    assert rest(first, left) == rest(second, right)


def test_only_the_number_is_marked_within_a_value() -> None:
    assert marks("<Order quantity=0>", "<Order quantity=3>") == ([(16, 17)], [(16, 17)])
    assert marks("x" * 900 + "a" + "y" * 900, "x" * 900 + "bc" + "y" * 900) == ([(900, 901)], [(900, 902)])
    assert marks("same", "same") == ([], [])
