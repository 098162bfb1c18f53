"""What can be asked about: a data set is a kind of rows with the names of their fields.

Names and aliases are Sentry's (getsentry/sentry `search/events`, `search/eap`); a name that is none of them
is a tag or an attribute.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import FromClause, Table, TableClause, and_, case, func, literal, select
from sqlalchemy.types import String

from vedette.domain.levels import Level
from vedette.store import dialect
from vedette.store.explore.attributes import attribute, attribute_number, attribute_text
from vedette.store.explore.fields import (
    Asked,
    Attribute,
    Column,
    Condition,
    Field,
    Graded,
    Hex,
    Interned,
    IssueShort,
    ProjectSlug,
    Sql,
    Tag,
    contains,
    like,
)
from vedette.store.explore.values import Kind
from vedette.store.queries.matching import words
from vedette.store.schema import SPANS_PER_BATCH, description, event, issue, segment, span, span_batch
from vedette.store.search import Field as TextField
from vedette.store.search import QueryError, Value

MILLISECOND = 1_000
_OK = ("ok", "cancelled", "unknown", "")


@dataclass(frozen=True)
class Dataset:
    """A kind of rows. Row ids are in order of arrival; *time* is microseconds UTC."""

    name: str
    table: Table  # whose ids are the rows'
    source: FromClause
    time: Sql
    project: Sql
    run: Sql
    fields: Mapping[str, Field]
    other: Callable[[str], Field]
    text: Callable[[Value], Asked]
    find: TableClause | None = None
    failed: Condition | None = None
    amount: str | None = None  # the field that `p95()` and its like mean
    user: str = "user"
    event_id: Sql | None = None  # what `latest_event()` gives
    http_status: Sql | None = None

    @property
    def id(self) -> Sql:
        return self.table.c.id

    def field(self, name: str, kind: str | None = None) -> Field:
        """Return the field *name*; *kind* is a type written with it, as in ``tags[size,number]``."""
        if kind is not None:
            known = self.other(name)
            sent = known.sent if isinstance(known, Tag) else known
            if isinstance(sent, Attribute) and kind == "number":
                return _as_number(sent)
            return known
        return self.fields.get(name) or self.other(name)


def _as_number(sent: Attribute) -> Attribute:
    return Attribute(name=sent.name, kind=Kind.NUMBER, raw=sent.raw, text=sent.text, numeric=sent.numeric)


def _attribute(name: str, request: Any, item: Any, record: Any, sent: str | None = None) -> Attribute:
    called = sent or name
    return Attribute(
        name=name,
        raw=attribute(request, item, record, called),
        text=attribute_text(request, item, record, called),
        numeric=attribute_number(request, item, record, called),
    )


def _named(*fields: Field, **aliases: str) -> dict[str, Field]:
    known = {one.name: one for one in fields}
    return known | {alias.replace("__", "."): known[name] for alias, name in aliases.items()}


def _level_numbers(text: str) -> Sequence[int]:
    try:
        return (Level("fatal" if text.lower() == "critical" else text.lower()).number,)
    except ValueError:
        raise ValueError(f"'{text}' is no level. Levels are: {', '.join(Level)}.") from None


def _places(project: Sql, run: Sql) -> tuple[Field, ...]:
    return (
        ProjectSlug(name="project", column=project),
        Column(name="project.id", column=project, kind=Kind.INTEGER),
        Column(name="run", column=run, kind=Kind.INTEGER),
    )


def _moments(time: Sql) -> tuple[Field, ...]:
    hour, day = 3_600_000_000, 86_400_000_000
    return (
        Column(name="timestamp", column=time, kind=Kind.DATE),
        Column(name="timestamp.to_hour", column=time // hour * hour, kind=Kind.DATE),
        Column(name="timestamp.to_day", column=time // day * day, kind=Kind.DATE),
    )


# -------------------------------------------------------------------- errors


def _of_issue(column: Sql) -> Sql:
    return select(column).where(issue.c.id == event.c.issue).scalar_subquery()


_MEMBERS = (
    "message", "error.value", "error.mechanism", "stack.abs_path", "stack.filename", "stack.function",
    "stack.module", "stack.package", "stack.lineno", "user.id", "user.email", "user.username", "user.ip",
    "geo.country_code", "geo.region", "geo.city", "http.method", "http.url", "http.referer", "sdk.name",
    "sdk.version", "dist", "logger", "location",
)  # fmt: skip
"""Fields of events that only the payload holds; the decoder of events gives them beside the tags."""


def _error_other(name: str) -> Field:
    sent = _attribute(name, event.c.request, event.c.item, event.c.eid)
    if name in _MEMBERS:
        return sent
    return Tag(name=name, which="find", row=event.c.id, sent=sent)


def _error_text(value: Value, where: TextField = TextField.ANY) -> Asked:
    word = value.text if value.quoted else value.text.rstrip("*")
    if not any(character.isalnum() for character in word):
        raise QueryError(f"There is no letter or digit to search for in '{value.text}'.", value.at)
    if not value.quoted and "*" in word:
        # The full text knows beginnings of words only; the parts between stars are looked for one by one.
        word = max(word.split("*"), key=len)
    return words(word, where, prefix=not value.quoted and value.text.endswith("*"))


@dataclass(frozen=True, kw_only=True)
class Searched(Attribute):
    """What is shown from the payload and looked for in the full text."""

    where: TextField

    def equals(self, scope: Any, value: Value, text: str) -> Asked:
        return _error_text(value, self.where)

    def fits(self, scope: Any, value: Value) -> Asked:
        return _error_text(value, self.where)


_MESSAGE = _attribute("message", event.c.request, event.c.item, event.c.eid)
ERRORS = Dataset(
    name="errors",
    table=event,
    source=event,
    time=event.c.ts,
    project=event.c.project,
    run=event.c.run,
    fields=_named(
        Hex(name="id", column=event.c.eid),
        *_places(event.c.project, event.c.run),
        *_moments(event.c.ts),
        Column(name="title", column=_of_issue(issue.c.title)),
        Column(name="culprit", column=_of_issue(issue.c.culprit)),
        Column(name="event.type", column=_of_issue(issue.c.kind)),
        Column(name="error.type", column=_of_issue(issue.c.type)),
        Column(name="platform", column=_of_issue(issue.c.platform)),
        Column(name="error.handled", column=_of_issue(issue.c.handled), kind=Kind.BOOLEAN),
        Column(name="error.unhandled", column=1 - _of_issue(issue.c.handled), kind=Kind.BOOLEAN),
        Searched(
            name="message",
            raw=_MESSAGE.raw,
            text=_MESSAGE.text,
            numeric=_MESSAGE.numeric,
            where=TextField.ANY,
        ),
        Graded(
            name="level",
            column=event.c.level,
            word_of=lambda number: Level.of(number).value,
            numbers_of=_level_numbers,
        ),
        IssueShort(name="issue", column=event.c.issue),
        Column(name="issue.id", column=event.c.issue, kind=Kind.INTEGER),
        Interned(name="environment", column=event.c.env_term, key="environment"),
        Interned(name="release", column=event.c.release_term, key="release"),
        Interned(name="user", column=event.c.user_term, key="user"),
        Hex(name="trace", column=event.c.trace),
        Hex(name="span", column=event.c.span),
        project__name="project",
        issue_id="issue.id",
        user__display="user",
        trace__span="span",
        span_id="span",
        time="timestamp",
        event__timestamp="timestamp",
    ),
    other=_error_other,
    text=_error_text,
    find=dialect.find,
    event_id=event.c.eid,
)


# -------------------------------------------------------------------- transactions


def _segment_other(name: str) -> Field:
    sent = _attribute(name, segment.c.request, segment.c.item, segment.c.sid)
    if name.startswith(("measurements.", "spans.")):
        return _as_number(sent)
    return Tag(name=name, which="segment_find", row=segment.c.id, sent=sent)


def _segment_text(value: Value) -> Asked:
    return _error_text(value, TextField.TITLE)


TRANSACTIONS = Dataset(
    name="transactions",
    table=segment,
    source=segment,
    time=segment.c.start,
    project=segment.c.project,
    run=segment.c.run,
    fields=_named(
        Hex(name="id", column=segment.c.eid),
        *_places(segment.c.project, segment.c.run),
        *_moments(segment.c.start),
        Interned(name="transaction", column=segment.c.name_term, key="transaction"),
        Column(name="transaction.op", column=segment.c.op),
        Column(
            name="transaction.duration",
            column=segment.c.duration,
            kind=Kind.DURATION,
            unit="millisecond",
            scale=MILLISECOND,
        ),
        Column(name="transaction.status", column=segment.c.status),
        Column(name="http.method", column=segment.c.http_method),
        Column(name="http.status_code", column=segment.c.http_status, kind=Kind.INTEGER),
        Column(name="event.type", column=literal("transaction", String)),
        Interned(name="environment", column=segment.c.env_term, key="environment"),
        Interned(name="release", column=segment.c.release_term, key="release"),
        Interned(name="user", column=segment.c.user_term, key="user"),
        Hex(name="trace", column=segment.c.trace),
        Hex(name="span", column=segment.c.sid),
        Column(name="spans.count", column=segment.c.spans, kind=Kind.INTEGER),
        project__name="project",
        title="transaction",
        message="transaction",
        user__display="user",
        span_id="span",
        trace__span="span",
        transaction__method="http.method",
        time="timestamp",
        event__timestamp="timestamp",
    ),
    other=_segment_other,
    text=_segment_text,
    find=dialect.segment_find,
    failed=segment.c.failed == 1,
    amount="transaction.duration",
    event_id=segment.c.eid,
    http_status=segment.c.http_status,
)


# -------------------------------------------------------------------- spans

_batch = span_batch
# The segment of a span: that of the item which brought it, else of the same trace and project.
_segment_of = (
    select(segment.c.id)
    .where(segment.c.trace == _batch.c.trace, segment.c.project == _batch.c.project)
    .order_by(
        and_(segment.c.request == _batch.c.request, segment.c.item == _batch.c.item).desc(), segment.c.id
    )
    .limit(1)
    .correlate(_batch)
    .scalar_subquery()
)
_of_segment = segment.alias("own")
_SPAN_SOURCE = (
    span.outerjoin(_batch, _batch.c.id == span.c.id // SPANS_PER_BATCH)
    .outerjoin(description, description.c.id == span.c.description)
    .outerjoin(_of_segment, _of_segment.c.id == _segment_of)
)


def _span_attribute(name: str, sent: str | None = None) -> Attribute:
    return _attribute(name, _batch.c.request, _batch.c.item, span.c.sid, sent)


def _span_duration(name: str, column: Sql) -> Column:
    return Column(name=name, column=column, kind=Kind.DURATION, unit="millisecond", scale=MILLISECOND)


def _span_text(value: Value) -> Asked:
    text = value.text
    return (
        like(description.c.text, f"*{text}*")
        if "*" in text and not value.quoted
        else contains(description.c.text, text)
    )


SPANS = Dataset(
    name="spans",
    table=span,
    source=_SPAN_SOURCE,
    time=span.c.start,
    project=_batch.c.project,
    run=_batch.c.run,
    fields=_named(
        Hex(name="id", column=span.c.sid),
        *_places(_batch.c.project, _batch.c.run),
        *_moments(span.c.start),
        Hex(name="trace", column=_batch.c.trace),
        Hex(name="parent_span", column=span.c.parent),
        Column(name="span.op", column=description.c.op),
        Column(name="span.description", column=description.c.text),
        _span_duration("span.duration", span.c.duration),
        _span_duration("span.self_time", span.c.self_time),
        Column(name="span.status", column=span.c.status),
        Column(
            name="span.category",
            column=case(
                (
                    func.instr(description.c.op, ".") > 0,
                    func.substr(description.c.op, 1, func.instr(description.c.op, ".") - 1),
                ),
                else_=description.c.op,
            ),
        ),
        Column(name="is_transaction", column=span.c.segment, kind=Kind.BOOLEAN),
        Interned(name="transaction", column=_of_segment.c.name_term, key="transaction"),
        Interned(name="environment", column=_of_segment.c.env_term, key="environment"),
        Interned(name="release", column=_of_segment.c.release_term, key="release"),
        Interned(name="user", column=_of_segment.c.user_term, key="user"),
        Hex(name="transaction.event_id", column=_of_segment.c.eid),
        Hex(name="transaction.span_id", column=_of_segment.c.sid),
        Column(name="platform", column=_batch.c.platform),
        _span_attribute("span.status_code", "http.response.status_code"),
        _span_attribute("http.status_code", "http.response.status_code"),
        _span_attribute("span.domain", "server.address"),
        _span_attribute("span.system", "db.system.name"),
        _span_attribute("span.action", "db.operation.name"),
        project__name="project",
        span_id="id",
        trace_id="trace",
        parent_span_id="parent_span",
        span__parent="parent_span",
        description="span.description",
        name="span.description",
        span__name="span.description",
        message="span.description",
        title="span.description",
        op="span.op",
        duration="span.duration",
        transaction__duration="span.duration",
        span__exclusive_time="span.self_time",
        is_segment="is_transaction",
        segment="transaction",
        transaction__id="transaction.event_id",
        segment__id="transaction.span_id",
        user__display="user",
        time="timestamp",
        start_timestamp="timestamp",
    ),
    other=_span_attribute,
    text=_span_text,
    failed=span.c.status.not_in(_OK),
    amount="span.duration",
    event_id=span.c.sid,
    http_status=_span_attribute("", "http.response.status_code").numeric,
)

_BY_NAME: dict[str, Dataset] = {
    "errors": ERRORS,
    "discover": ERRORS,
    "issuePlatform": ERRORS,
    "transactions": TRANSACTIONS,
    "metricsEnhanced": TRANSACTIONS,
    "metrics_enhanced": TRANSACTIONS,
    "spans": SPANS,
    "spansIndexed": SPANS,
    "spansMetrics": SPANS,
    "spanMetrics": SPANS,
}
NAMES = tuple(_BY_NAME)


def find_dataset(name: str) -> Dataset | None:
    """Return the data set *name* or an alias of it."""
    return _BY_NAME.get(name)
