"""Inbound filters on logs, metrics, sessions, replays and streamed spans."""

from dataclasses import replace
from typing import Any

import orjson
import pytest

from tests.support.builders import MORNING, a_segment, a_span
from tests.support.records import a_log, a_point, vitals_of
from vedette.domain.logs import LogBatch
from vedette.domain.metrics import MetricBatch
from vedette.domain.outcomes import Reason
from vedette.domain.processed import Arrival, SpanBatch
from vedette.domain.sessions import SessionAggregate, SessionAttributes, SessionStatus, SessionUpdate
from vedette.processing.filters.inbound import InboundFilters
from vedette.processing.filters.records import Kept, filter_records
from vedette.processing.replays import read_replay_event

ARRIVAL = Arrival(received=MORNING)
TRACE = bytes(16)


def kept(chosen: dict[str, Any], *values: Any, spans: Any = (), **arrival: Any) -> Kept:
    return filter_records(InboundFilters(**chosen), values, spans, replace(ARRIVAL, **arrival))


def reasons(found: Kept) -> dict[Reason, int]:
    return {reason: n for (reason, _), n in found.gone.items()}


def a_replay(**event: Any) -> Any:
    whole = {"replay_id": "b" * 32, "segment_id": 0, "timestamp": 1_795_500_000, "release": "shop@1.0"}
    return read_replay_event(orjson.dumps(whole | event), ARRIVAL)


UPDATE = SessionUpdate(
    SessionAttributes("shop@1.0"), bytes(16), None, 1, True, MORNING, MORNING, SessionStatus.OK, 0, 0
)
AGGREGATE = SessionAggregate(SessionAttributes("shop@1.0"), MORNING, None, exited=3)
LOGS = LogBatch((a_log("GET /healthz", n=0), a_log("till opened", n=1), a_log("get /ready", n=2)), 1, ("x",))
POINTS = MetricBatch((a_point("http.hits"), a_point("orders.paid", n=1)))


def spans(name: str = "GET /cart", **changes: Any) -> SpanBatch:
    root = a_span(is_segment=True)
    return SpanBatch(TRACE, (root, a_span()), (a_segment(root, TRACE, name=name, event_id=None, **changes),))


def test_logs_are_filtered_by_what_they_say_and_the_others_keep_their_places() -> None:
    found = kept({"log_messages": ("GET /*",)}, LOGS)
    assert reasons(found) == {Reason.LOG_MESSAGE: 2}
    assert found.values == [LogBatch((LOGS.records[1],), 1, ("x",))]
    assert found.left == 1


def test_metrics_are_filtered_by_name() -> None:
    found = kept({"metric_names": ("http.*",)}, POINTS)
    assert reasons(found) == {Reason.METRIC_NAME: 1}
    assert found.values == [MetricBatch((POINTS.points[1],))]


@pytest.mark.parametrize(
    "value",
    [LogBatch((a_log(),)), MetricBatch((a_point(),)), UPDATE, AGGREGATE, a_replay()],
    ids=lambda v: type(v).__name__,
)
@pytest.mark.parametrize(
    ("chosen", "arrival", "reason"),
    [
        ({"releases": ("shop@1.*",)}, {}, Reason.RELEASE_VERSION),
        ({"addresses": ("10.0.0.0/8",)}, {"client_ip": "10.1.2.3"}, Reason.IP_ADDRESS),
        (
            {"web_crawlers": True},
            {"user_agent": "Mozilla/5.0 (compatible; Googlebot/2.1)", "client": "sentry.javascript.react/9"},
            Reason.WEB_CRAWLERS,
        ),
        (
            {"legacy_browsers": frozenset(["ie"])},
            {
                "user_agent": "Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; Trident/6.0)",
                "sdk": {"name": "sentry.javascript.browser"},
            },
            Reason.LEGACY_BROWSERS,
        ),
    ],
)
def test_release_address_and_browser_count_for_every_kind(
    value: Any, chosen: dict[str, Any], arrival: dict[str, Any], reason: Reason
) -> None:
    found = kept(chosen, value, **arrival)
    assert (reasons(found), found.left) == ({reason: 1}, 0)
    other = kept({"releases": ("else@*",), "addresses": ("192.168.0.0/16",)}, value, **arrival)
    assert (reasons(other), other.values) == ({}, [value])


def test_a_service_that_names_a_crawler_is_none() -> None:
    found = kept({"web_crawlers": True}, LOGS, user_agent="Googlebot/2.1", client="sentry.python/2.0")
    assert (reasons(found), found.values) == ({}, [LOGS])


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        ({"urls": ["http://localhost:3000/"]}, Reason.LOCALHOST),
        ({"urls": ["https://shop.example/"], "user": {"ip_address": "127.0.0.1"}}, Reason.LOCALHOST),
        ({"user": {"ip_address": "10.0.0.7"}}, Reason.IP_ADDRESS),
        ({"urls": ["https://shop.example/"]}, None),
    ],
)
def test_replays_of_this_machine_and_of_chosen_users(event: dict[str, Any], reason: Reason | None) -> None:
    found = kept({"localhost": True, "addresses": ("10.0.0.0/8",)}, a_replay(**event))
    assert reasons(found) == ({reason: 1} if reason else {})


def test_the_spans_of_a_health_check_go_with_their_vitals() -> None:
    check, cart = spans("GET /healthz"), replace(spans(), trace_id=b"1" * 16)
    vitals = [vitals_of(batch.spans[0], batch.trace_id, lcp=1.0) for batch in (check, cart)]
    found = kept({"health_checks": True}, *vitals, spans=(check, cart))
    assert reasons(found) == {Reason.FILTERED_TRANSACTION: 2}
    assert (found.spans, found.values, found.left) == ([cart], vitals[1:], 2)


def test_spans_are_filtered_by_the_release_of_their_segment() -> None:
    assert reasons(kept({"releases": ("shop@*",)}, spans=(spans(),))) == {Reason.RELEASE_VERSION: 2}
    child = SpanBatch(TRACE, (a_span(),), ())
    assert reasons(kept({"releases": ("shop@*",)}, spans=(child,))) == {}
