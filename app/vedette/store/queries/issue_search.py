"""Issues that have an event which fits, in every order, reading as little as a page needs.

Newest first is a walk over the newest hits: at a million events a page lies within some hundred of them,
and what is rare is exhausted quickly. Other orders and counts need every issue with a hit: most of those
are among the newest hits too, else they are found in memory (`counting`). The database groups hits by
issue, since a row of a result costs more than the hit it stands for.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, exists, func, select

from vedette.domain.times import Micros
from vedette.store.dialect import find
from vedette.store.queries.counting import counter_of
from vedette.store.queries.issue_rows import (
    SELECT_ISSUE,
    Asked,
    Count,
    IssueFilter,
    IssueRow,
    IssueSort,
    Key,
    read_issue,
)
from vedette.store.queries.issue_scores import is_scored, page_scored
from vedette.store.queries.issue_tokens import issue_tokens
from vedette.store.queries.issue_walks import among, walk
from vedette.store.queries.matching import (
    EVERYTHING,
    NOTHING,
    Condition,
    Match,
    all_of,
    first_row_since,
    hits,
    hits_of_issue,
    tags,
)
from vedette.store.queries.rendering import Rendered
from vedette.store.queries.slow_walks import SECONDS, Hit, Walked, walk_slowly
from vedette.store.schema import event, issue

_FIRST_CHUNK = 200
_LAST_CHUNK = 20_000
# Up to so many hits are counted by the database, which takes it some 10 ms.
_FEW_HITS = 2_000
_MANY_HITS = 50_000
_MOST_EARLIER = 20_000
# More issues than this are not compared with those hit.
_MOST_LEFT = 1_000
# That no feedback is wanted leaves hardly an issue out.
_SAYS_SOMETHING = 2
# Counters are asked for often; what payloads said is remembered, so that each time comes further.
_COUNT_SECONDS = 0.5
# Issues that are probed one by one.
_GROUP = 50


def page_found(
    db: Connection,
    asked: Asked,
    where: IssueFilter,
    sort: IssueSort,
    key: Key | None,
    limit: int,
    at: Micros,
    walked: Walked | None = None,
) -> list[IssueRow]:
    """Return up to *limit* issues after *key* with an event that fits; see `issues.page_issues`."""
    most = None
    if sort is IssueSort.LAST or asked.rendered.is_slow:
        asked, most = _narrowed(db, asked)
    below = None if key is None or sort is not IssueSort.LAST else (int(key[0]), key[1])
    if asked.rendered.is_slow:
        if sort is IssueSort.LAST:
            return _slowly_by_newest_hit(db, asked, where, below, limit, most, walked)
        hit: Iterable[int] = _slow_issues(db, asked, where, most, walked)
    else:
        if asked.rendered.match is NOTHING:
            return []
        events = _event_conditions(db, asked.rendered, where)
        if sort is IssueSort.LAST:
            return _by_newest_hit(db, asked, events, below, limit)
        hit = _all_issues_hit(db, asked, where, events)
    fits = [among(issue.c.id, hit)]
    if is_scored(where, sort):
        return page_scored(db, asked, where, sort, key, limit, at, fits)
    return walk(db, asked, sort, key, limit, fits)


def _narrowed(db: Connection, asked: Asked) -> tuple[Asked, int | None]:
    """Return *asked* of the issues that can fit, where they are few, and their number; None: there are more.

    By their tokens no others are met. Index: issue(last, id).
    """
    if len(asked.all_conditions) < _SAYS_SOMETHING:
        return asked, None
    passing = select(issue.c.id).where(*asked.all_conditions)
    passing = passing.order_by(issue.c.last.desc(), issue.c.id.desc()).limit(_GROUP + 1)
    ids = db.execute(passing).scalars().all()
    if len(ids) > _GROUP:
        return asked, None
    match = all_of([asked.rendered.match, tags(issue_tokens(db, ids))])
    return replace(asked, rendered=replace(asked.rendered, match=match)), len(ids)


def count_found(db: Connection, asked: Asked, where: IssueFilter, cap: int) -> Count:
    """Return how many issues have an event that fits; at least so many, where that is found slowly."""
    if asked.rendered.is_slow:
        asked, most = _narrowed(db, asked)
        walked = Walked()
        hit = _slow_issues(db, asked, where, most, walked, _COUNT_SECONDS)
        counted = select(func.count()).select_from(issue).where(among(issue.c.id, hit), *asked.all_conditions)
        n = db.execute(counted).scalar_one()
        return Count(min(n, cap), exact=n <= cap and walked.back_to is None)
    counter = counter_of(db)
    if counter.knows(asked.rendered.match) or _has_many_hits(db, asked.rendered):
        n = counter.count(db, asked, where)
    else:
        events = _event_conditions(db, asked.rendered, where)
        found, _ = _issues_hit(db, asked.rendered.match, events, _FEW_HITS)
        counted = (
            select(func.count()).select_from(issue).where(among(issue.c.id, found), *asked.all_conditions)
        )
        n = db.execute(counted).scalar_one()
    return Count(min(n, cap), exact=n <= cap)


def _has_many_hits(db: Connection, rendered: Rendered) -> bool:
    """Return whether there are more than some thousand events to look at, whatever their time."""
    if rendered.match is EVERYTHING:
        some = select(event.c.id).where(*rendered.event)
    else:
        some = select(find.c.rowid).where(hits(rendered.match))
    limited = some.limit(_FEW_HITS + 1).subquery()
    return db.execute(select(func.count()).select_from(limited)).scalar_one() > _FEW_HITS


def _all_issues_hit(
    db: Connection, asked: Asked, where: IssueFilter, events: Sequence[Condition]
) -> Iterable[int]:
    """Return the issues with an event that fits, others perhaps among them that do not hold what is asked."""
    counter = counter_of(db)
    if counter.knows(asked.rendered.match):
        return counter.issues(db, asked, where)
    found, is_all = _issues_hit(db, asked.rendered.match, events, _MANY_HITS)
    if not is_all:
        # Most issues are among the newest hits. Only if some are left, all hits have to be looked at.
        passing = select(issue.c.id).where(*asked.all_conditions).limit(len(found) + _MOST_LEFT)
        if set(db.execute(passing).scalars()) - found:
            return counter.issues(db, asked, where)
    return found


def _event_conditions(db: Connection, rendered: Rendered, where: IssueFilter) -> list[Condition]:
    conditions = list(rendered.event)
    if where.since is not None:
        conditions.append(event.c.ts >= where.since)
        conditions.append(find.c.rowid >= first_row_since(db, where.since))
    if where.until is not None:
        conditions.append(event.c.ts <= where.until)
    return conditions


def _has_hit(rendered: Rendered, events: Sequence[Condition], *more: Condition) -> ColumnElement[bool]:
    """Return whether the issue around it has an event that fits."""
    probe = select(find.c.rowid).where(hits_of_issue(rendered.match), *more)
    if events:
        probe = probe.join(event, event.c.id == find.c.rowid).where(*events)
    return exists(probe.correlate(issue))


def _probed(
    db: Connection, rendered: Rendered, events: Sequence[Condition], candidates: Sequence[int]
) -> set[int]:
    """Return those of *candidates* that have an event which fits."""
    query = select(issue.c.id).where(issue.c.id.in_(candidates), _has_hit(rendered, events))
    return set(db.execute(query).scalars())


def _issues_hit(
    db: Connection, match: Match, conditions: Sequence[Condition], most: int
) -> tuple[set[int], bool]:
    """Return the issues of the newest *most* events that fit, and whether those are all that fit."""
    some = (
        select(find.c.rowid, event.c.issue)
        .join(event, event.c.id == find.c.rowid)
        .where(hits(match), *conditions)
        .order_by(find.c.rowid.desc())
        .limit(most + 1)
        .subquery()
    )
    rows = db.execute(select(some.c.issue, func.count()).group_by(some.c.issue)).all()
    return {number for number, _ in rows}, sum(n for _, n in rows) <= most


def _slow_hits(
    db: Connection,
    asked: Asked,
    where: IssueFilter,
    walked: Walked | None,
    seconds: float = SECONDS,
) -> Iterator[list[Hit]]:
    """Yield the events that fit, as far as there is time to look at them."""
    conditions = []
    if where.since is not None:
        conditions.append(event.c.ts >= where.since)
    if where.until is not None:
        conditions.append(event.c.ts <= where.until)
    floor = 0 if where.since is None else first_row_since(db, where.since)
    # What reads payloads comes last.
    conditions += asked.rendered.event
    return walk_slowly(db, asked.rendered.match, conditions, walked, floor=floor, seconds=seconds)


def _slow_issues(
    db: Connection,
    asked: Asked,
    where: IssueFilter,
    most: int | None,
    walked: Walked | None,
    seconds: float = SECONDS,
) -> set[int]:
    """Return the issues with an event that fits; *most* is how many there can be, if that is known."""
    found: set[int] = set()
    for some in _slow_hits(db, asked, where, walked, seconds):
        found.update(one.issue for one in some)
        if len(found) == most:
            break
    return found


def _slowly_by_newest_hit(
    db: Connection,
    asked: Asked,
    where: IssueFilter,
    key: tuple[int, int] | None,
    limit: int,
    most: int | None,
    walked: Walked | None,
) -> list[IssueRow]:
    # A later page looks at the same events again: what they said is remembered.
    seen: set[int] = set()
    found: list[IssueRow] = []
    for some in _slow_hits(db, asked, where, walked):
        fresh: dict[int, int] = {}
        for one in some:
            if one.issue not in seen:
                seen.add(one.issue)
                if key is None or one.row < key[0]:
                    fresh[one.issue] = one.row
        found.extend(_passing(db, asked, fresh))
        if len(found) >= limit or len(seen) == most:
            break
    return found[:limit]


def _by_newest_hit(
    db: Connection, asked: Asked, events: Sequence[Condition], key: tuple[int, int] | None, limit: int
) -> list[IssueRow]:
    below = None if key is None else key[0]
    seen, knows_earlier = _shown_before(db, asked.rendered.match, events, below)
    found: list[IssueRow] = []
    for chunk in _chunks(db, asked.rendered, events, below):
        fresh = {number: hit for number, hit in chunk.items() if number not in seen}
        seen.update(fresh)
        # Newest first, and no more than the page needs where each has to be probed.
        order = sorted(fresh, key=fresh.__getitem__, reverse=True)
        step = max(1, len(order) if knows_earlier else _GROUP)
        for at in range(0, len(order), step):
            some = order[at : at + step]
            if not knows_earlier and below is not None:
                earlier = _probed(db, asked.rendered, [*events, find.c.rowid >= below], some)
                some = [number for number in some if number not in earlier]
            found.extend(_passing(db, asked, {number: fresh[number] for number in some}))
            if len(found) >= limit:
                return found[:limit]
    return found


def _shown_before(
    db: Connection, match: Match, events: Sequence[Condition], below: int | None
) -> tuple[set[int], bool]:
    """Return the issues with a hit at or above *below*, which earlier pages had, and whether that is all."""
    if below is None:
        return set(), True
    return _issues_hit(db, match, [*events, find.c.rowid >= below], _MOST_EARLIER)


def _chunks(
    db: Connection, rendered: Rendered, events: Sequence[Condition], below: int | None
) -> Iterator[dict[int, int]]:
    """Yield the newest hit of each issue, chunk by chunk of older hits."""
    size = _FIRST_CHUNK
    while True:
        conditions = [hits(rendered.match), *events]
        if below is not None:
            conditions.append(find.c.rowid < below)
        some = (
            select(find.c.rowid, event.c.issue)
            .join(event, event.c.id == find.c.rowid)
            .where(*conditions)
            .order_by(find.c.rowid.desc())
            .limit(size)
            .subquery()
        )
        grouped = select(some.c.issue, func.max(some.c.rowid), func.min(some.c.rowid), func.count()).group_by(
            some.c.issue
        )
        rows = db.execute(grouped).all()
        if not rows:
            return
        yield {row[0]: row[1] for row in rows}
        if sum(row[3] for row in rows) < size:
            return
        below = min(row[2] for row in rows)
        size = min(size * 4, _LAST_CHUNK)


def _passing(db: Connection, asked: Asked, fresh: dict[int, int]) -> list[IssueRow]:
    """Return those of *fresh* (issue: newest hit) that hold the rest of what is asked, newest hit first."""
    if not fresh:
        return []
    query = SELECT_ISSUE.where(issue.c.id.in_(list(fresh)), *asked.all_conditions)
    rows = [read_issue(row, fresh[row.id]) for row in db.execute(query)]
    return sorted(rows, key=lambda row: row.hit or 0, reverse=True)
