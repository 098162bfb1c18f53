"""Errors and transactions as data sets: their tags are tokens of the full text."""

from dataclasses import dataclass

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
from vedette.store.explore.values import Kind
from vedette.store.queries.matching import words
from vedette.store.schema import event, issue, segment
from vedette.store.search import Field as TextField
from vedette.store.search import QueryError, Value

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

    @override
    def equals(self, scope: Scope, value: Value, text: str) -> Asked:
        return _error_text(value, self.where)

    @override
    def fits(self, scope: Scope, value: Value) -> Asked:
        return _error_text(value, self.where)


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
    find=dialect.find,
    event_id=event.c.eid,
)


# -------------------------------------------------------------------- transactions


def _segment_other(name: str) -> Field:
    sent = sent_attribute(name, segment.c.request, segment.c.item, segment.c.sid)
    if name.startswith(("measurements.", "spans.")):
        return as_number_field(sent)
    return Tag(name=name, which="segment_find", row=segment.c.id, sent=sent)


def _segment_text(value: Value) -> Asked:
    return _error_text(value, TextField.TITLE)


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
