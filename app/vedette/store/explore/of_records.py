"""Log records and metric points as data sets: their attributes lie in payloads."""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import Double, String, case, func

from vedette.domain.logs import level_of, severity_of
from vedette.domain.metrics import MetricKind
from vedette.store import dialect
from vedette.store.explore.dataset import Dataset, moments, named, places, sent_attribute
from vedette.store.explore.fields import (
    Asked,
    Attribute,
    Column,
    Condition,
    Field,
    Graded,
    Hex,
    Interned,
    Scope,
    like,
)
from vedette.store.queries.matching import Match
from vedette.store.schema import log, metric
from vedette.store.search import Value
from vedette.store.search.values import Kind


def _log_attribute(name: str, sent: str | None = None) -> Attribute:
    return sent_attribute(name, log.c.request, log.c.item, log.c.n, sent)


# Four severities are one level; 0 is none that is known.
def _level_word(level: int) -> str:
    return level_of(4 * level - 3)


def _level_numbers(text: str) -> Collection[int]:
    return ((severity_of(text) + 3) // 4,)


def _log_text(scope: Scope, value: Value) -> Asked:
    """Return what *value* asks of bodies: words side by side, and with a star among them its characters."""
    text = value.text.replace("\\*", " ").rstrip("*")
    if "*" in text or not any(character.isalnum() for character in text):
        return like(log.c.body, f"*{value.text}*")
    # The end of the last word may be missing, as in Sentry, where text is found inside words.
    return Match(f"body : ({dialect.quote(text)} *)")


LOGS = Dataset(
    name="logs",
    table=log,
    time=log.c.ts,
    project=log.c.project,
    run=log.c.run,
    fields=named(
        Column(name="id", column=func.printf("%032x", log.c.id, type_=String())),
        *places(log.c.project, log.c.run),
        *moments(log.c.ts),
        Column(name="timestamp_precise", column=log.c.ts * 1_000, kind=Kind.INTEGER),
        Column(name="message", column=log.c.body),
        Graded(
            name="severity", column=(log.c.severity + 3) // 4, word_of=_level_word, numbers_of=_level_numbers
        ),
        Column(name="severity_number", column=log.c.severity, kind=Kind.INTEGER),
        Hex(name="trace", column=log.c.trace),
        Hex(name="span_id", column=log.c.span),
        Interned(name="environment", column=log.c.env_term, key="environment"),
        Interned(name="release", column=log.c.release_term, key="release"),
        _log_attribute("replay.id", "sentry.replay_id"),
        sentry__item_id="id",
        project__name="project",
        body="message",
        title="message",
        log__body="message",
        log__severity="severity",
        log__severity_text="severity",
        log__severity_number="severity_number",
        severity_text="severity",
        level="severity",
        trace_id="trace",
        trace__parent_span_id="span_id",
        span="span_id",
        sentry__environment="environment",
        sentry__release="release",
        time="timestamp",
        replayId="replay.id",
        replay_id="replay.id",
    ),
    other=_log_attribute,
    text=_log_text,
    find=dialect.log_find,
    user="user.id",
)


def _metric_attribute(name: str, sent: str | None = None) -> Attribute:
    return sent_attribute(name, metric.c.request, metric.c.item, metric.c.n, sent)


_NAME = Interned(name="metric.name", column=metric.c.name_term, key="metric")


def _kind_numbers(text: str) -> Collection[int]:
    return [kind.number for kind in MetricKind if kind.value == text.lower()]


def _metric_text(scope: Scope, value: Value) -> Asked:
    return _NAME.fits(scope, replace(value, text=f"*{value.text}*"))


_VALUE = Column(name="value", column=metric.c.value, kind=Kind.NUMBER)


def _narrowed(condition: Condition) -> Field:
    """Return the values of the points that fit, as functions take them."""
    return Column(name="value", column=case((condition, metric.c.value)).cast(Double), kind=Kind.NUMBER)


METRICS = Dataset(
    name="tracemetrics",
    table=metric,
    time=metric.c.ts,
    project=metric.c.project,
    run=metric.c.run,
    fields=named(
        Column(name="id", column=func.printf("%032x", metric.c.id, type_=String())),
        *places(metric.c.project, metric.c.run),
        *moments(metric.c.ts),
        Column(name="timestamp_precise", column=metric.c.ts * 1_000, kind=Kind.INTEGER),
        _NAME,
        Graded(
            name="metric.type",
            column=metric.c.kind,
            word_of=lambda number: MetricKind.numbered(number).value,
            numbers_of=_kind_numbers,
        ),
        Column(name="metric.unit", column=metric.c.unit),
        _VALUE,
        Hex(name="trace", column=metric.c.trace),
        Hex(name="span_id", column=metric.c.span),
        Interned(name="environment", column=metric.c.env_term, key="environment"),
        Interned(name="release", column=metric.c.release_term, key="release"),
        _metric_attribute("replay.id", "sentry.replay_id"),
        sentry__item_id="id",
        project__name="project",
        name="metric.name",
        type="metric.type",
        unit="metric.unit",
        trace_id="trace",
        trace__parent_span_id="span_id",
        span="span_id",
        sentry__environment="environment",
        sentry__release="release",
        time="timestamp",
        replayId="replay.id",
        replay_id="replay.id",
    ),
    other=_metric_attribute,
    text=_metric_text,
    amount="value",
    user="user.id",
    narrowed=_narrowed,
)
