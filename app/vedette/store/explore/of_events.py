"""Errors and transactions as data sets: their tags are tokens of the full text."""

from dataclasses import dataclass, replace

from sqlalchemy import literal, select
from sqlalchemy.types import String
from typing_extensions import override

from vedette.domain.levels import Level
from vedette.store import dialect
from vedette.store.explore.dataset import (
    MILLISECOND,
    Dataset,
    as_number_field,
    level_numbers,
    moments,
    named,
    places,
    sent_attribute,
)
from vedette.store.explore.fields import (
    Asked,
    Attribute,
    Column,
    Field,
    Graded,
    Hex,
    Interned,
    IssueShort,
    Scope,
    Sql,
    Tag,
)
from vedette.store.queries.event_fields import text_part
from vedette.store.queries.parts import Part
from vedette.store.queries.rendering import event_part
from vedette.store.schema import event, issue, segment
from vedette.store.search import Field as TextField
from vedette.store.search import Filter, QueryError, Value, read_filter
from vedette.store.search.keys import FLAG, Source, find_key
from vedette.store.search.values import Kind

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
    sent = sent_attribute(name, event.c.request, event.c.item, event.c.eid)
    if name in _MEMBERS:
        return sent
    return Tag(name=name, which="find", row=event.c.id, sent=sent)


def _error_text(scope: Scope, value: Value, where: TextField = TextField.ANY) -> Asked:
    if not any(character.isalnum() for character in value.text):
        raise QueryError(
            f"There is no letter or digit to search for in '{value.text}'.", value.at, value.length
        )
    return _asked(text_part(value.text, where))


def _asked(part: Part) -> Asked:
    return part.match if part.condition is None else part.as_condition


_SHARED = (Source.STATE, Source.MEMBER, Source.FRAME, Source.PAYLOAD, Source.RELEASE)
_HANDLED = ("error.handled", "error.unhandled")


def _meant(scope: Scope, asked: Filter) -> Asked | None:
    """Return what *asked* means where it is a key of issue searches that no field here is meant by."""
    if asked.key.is_tag:
        return None
    name = asked.key.text
    if name.lower() == "has":
        name = asked.values[0].text
    known = find_key(f"{FLAG}{name}]" if asked.key.is_flag else name)
    if known is None or known.source is Source.TEXT:
        return None
    is_field = name in ERRORS.fields and known.name not in _HANDLED
    if is_field and known.source not in _SHARED:
        return None
    return _asked(event_part(scope.db, read_filter(asked), scope.now))


@dataclass(frozen=True, kw_only=True)
class Searched(Attribute):
    """What is shown from the payload and looked for in the full text."""

    where: TextField

    @override
    def equals(self, scope: Scope, value: Value, text: str) -> Asked:
        return _error_text(scope, value, self.where)

    @override
    def fits(self, scope: Scope, value: Value) -> Asked:
        return _error_text(scope, value, self.where)


_MESSAGE = sent_attribute("message", event.c.request, event.c.item, event.c.eid)
ERRORS = Dataset(
    name="errors",
    table=event,
    time=event.c.ts,
    project=event.c.project,
    run=event.c.run,
    fields=named(
        Hex(name="id", column=event.c.eid),
        *places(event.c.project, event.c.run),
        *moments(event.c.ts),
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
            numbers_of=level_numbers,
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
    meant=_meant,
    find=dialect.find,
    event_id=event.c.eid,
)


# -------------------------------------------------------------------- transactions


def _segment_other(name: str) -> Field:
    sent = sent_attribute(name, segment.c.request, segment.c.item, segment.c.sid)
    if name.startswith(("measurements.", "spans.")):
        return as_number_field(sent)
    return Tag(name=name, which="segment_find", row=segment.c.id, sent=sent)


_NAME = Interned(name="transaction", column=segment.c.name_term, key="transaction")


def _segment_text(scope: Scope, value: Value) -> Asked:
    """Return what *value* asks of names: words side by side, or with a star before the end, characters."""
    text = value.text
    if "*" in text.replace("\\*", " ").rstrip("*"):
        return _NAME.fits(scope, replace(value, text=f"*{text}*"))
    return _error_text(scope, value, TextField.TITLE)


TRANSACTIONS = Dataset(
    name="transactions",
    table=segment,
    time=segment.c.start,
    project=segment.c.project,
    run=segment.c.run,
    fields=named(
        Hex(name="id", column=segment.c.eid),
        *places(segment.c.project, segment.c.run),
        *moments(segment.c.start),
        _NAME,
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
