"""A project's inbound filters on what is no event: logs, metrics, sessions, replays, streamed spans.

Source: getsentry/relay, what `relay-filter` asks of each kind: its release, the client's address and browser,
a segment's name; of logs their body, of metrics their names.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from vedette.domain.logs import LogBatch, LogRecord
from vedette.domain.metrics import MetricBatch, MetricPoint
from vedette.domain.outcomes import Reason
from vedette.domain.processed import Arrival, SpanBatch
from vedette.domain.replays import ReplayEvent, ReplaySegment
from vedette.domain.sessions import SessionAggregate, SessionUpdate
from vedette.domain.vitals import PageVitals
from vedette.processing.filters.browsers import crawler, legacy_browser
from vedette.processing.filters.globs import first_match
from vedette.processing.filters.inbound import HEALTH_CHECKS, InboundFilters, Verdict, is_here

_BROWSERS_SDK = "sentry.javascript"


@dataclass(slots=True)
class Kept:
    """What is wanted of an item, and how many of its entries were not, by why."""

    values: list[object]
    spans: Sequence[SpanBatch]
    gone: Counter[tuple[Reason, str]] = field(default_factory=Counter)
    left: int = 0
    """Entries that are wanted."""


def filter_records(
    chosen: InboundFilters, values: Sequence[object], spans: Sequence[SpanBatch], arrival: Arrival
) -> Kept:
    """Return what *chosen* lets pass of an item's *values* and *spans*."""
    filtering = _Filtering(chosen, _of_sender(chosen, arrival), Kept([], ()))
    kept = filtering.kept
    batches = [batch for batch in spans if filtering.wants(_of_spans(chosen, batch), len(batch.spans))]
    traces = {batch.trace_id for batch in spans} - {batch.trace_id for batch in batches}
    kept.spans = batches
    for value in values:
        passed = filtering.passed(value, traces)
        if passed is not None:
            kept.values.append(passed)
    return kept


@dataclass(slots=True)
class _Filtering:
    chosen: InboundFilters
    of_sender: Verdict
    kept: Kept

    def wants(self, verdict: Verdict, entries: int = 1) -> bool:
        verdict = self.of_sender or verdict
        if verdict is None:
            self.kept.left += entries
            return True
        self.kept.gone[verdict] += entries
        return False

    def passed(self, value: object, traces: set[bytes]) -> object | None:
        """Return what may pass of *value*, None for nothing; *traces* are those whose spans may not."""
        chosen = self.chosen
        match value:
            case LogBatch(records=records):
                logs = tuple(one for one in records if self.wants(_of_log(chosen, one)))
                return value if len(logs) == len(records) else _logs(value, logs)
            case MetricBatch(points=points):
                left = tuple(one for one in points if self.wants(_of_point(chosen, one)))
                return value if len(left) == len(points) else _points(value, left)
            case SessionUpdate() | SessionAggregate():
                return value if self.wants(_by_release(chosen, value.attributes.release)) else None
            case ReplayEvent():
                return value if self.wants(_of_replay(chosen, value)) else None
            case ReplaySegment():
                return value if self.wants(_of_replay(chosen, value.event)) else None
            case PageVitals():
                return None if value.trace_id in traces else value
        return value


def _logs(batch: LogBatch, records: tuple[LogRecord, ...]) -> LogBatch:
    return LogBatch(records, batch.invalid, batch.remarks, batch.inferred)


def _points(batch: MetricBatch, points: tuple[MetricPoint, ...]) -> MetricBatch:
    return MetricBatch(points, batch.invalid, batch.remarks, batch.inferred)


def _of_sender(chosen: InboundFilters, arrival: Arrival) -> Verdict:
    """Return why nothing of this request is wanted."""
    found = chosen.address_verdict(arrival.client_ip)
    if found is not None:
        return found
    agent = arrival.user_agent if _is_browser(arrival) else None
    if agent is None:
        return None
    if chosen.legacy_browsers and (name := legacy_browser(agent, chosen.legacy_browsers)):
        return Reason.LEGACY_BROWSERS, f"from a browser that is too old ({name})"
    if chosen.web_crawlers and (name := crawler(agent)):
        return Reason.WEB_CRAWLERS, f"from a web crawler ({name.strip()})"
    return None


def _is_browser(arrival: Arrival) -> bool:
    """Whether the request's user agent is a person's, as far as the SDK tells, and not a service's own."""
    name = arrival.sdk.get("name") if arrival.sdk else None
    return (name if isinstance(name, str) else arrival.client or "").startswith(_BROWSERS_SDK)


def _by_release(chosen: InboundFilters, release: str | None) -> Verdict:
    return chosen.release_verdict(release) if release else None


def _of_log(chosen: InboundFilters, record: LogRecord) -> Verdict:
    found = _by_release(chosen, record.release)
    if found is None and chosen.log_messages:
        match = first_match(chosen.log_globs, record.body)
        found = (Reason.LOG_MESSAGE, f"its message fits {match.text}") if match else None
    return found


def _of_point(chosen: InboundFilters, point: MetricPoint) -> Verdict:
    found = _by_release(chosen, point.release)
    if found is None and chosen.metric_names:
        match = first_match(chosen.metric_globs, point.name)
        found = (Reason.METRIC_NAME, f"its name fits {match.text}") if match else None
    return found


def _of_replay(chosen: InboundFilters, event: ReplayEvent) -> Verdict:
    found = chosen.address_verdict(event.person.ip_address) or _by_release(chosen, event.release)
    if found is None and chosen.localhost:
        if event.person.ip_address in ("127.0.0.1", "::1"):
            return Reason.LOCALHOST, "its user is on this machine"
        if any(is_here(url) for url in event.urls):
            return Reason.LOCALHOST, "it is of a page on this machine"
    return found


def _of_spans(chosen: InboundFilters, batch: SpanBatch) -> Verdict:
    """Judge the spans of a trace that came together by their segments."""
    for segment in batch.segments:
        found = _by_release(chosen, segment.release)
        if found is not None:
            return found
        match = first_match(HEALTH_CHECKS, segment.name) if chosen.health_checks else None
        if match is not None:
            return Reason.FILTERED_TRANSACTION, f"a health check: {segment.name[:100]} fits {match.text}"
    return None
