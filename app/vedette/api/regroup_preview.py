"""What other rules of grouping would change of what is stored: read only, for station and desktop alike."""

import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vedette.api.readers import Db
from vedette.api.reading import read_grouped_by
from vedette.domain.outcomes import IngestError
from vedette.domain.workspace import Workspace
from vedette.processing.grouping import GroupingRules
from vedette.processing.rules import ProjectRules
from vedette.store.errors import DamagedError
from vedette.store.queries.events import EventRow, page_events
from vedette.store.queries.grouped_hashes import issues_of_hashes, stored_hashes
from vedette.store.queries.issues import get_issue
from vedette.store.queries.payloads import PayloadGoneError

MOST_EVENTS = 20_000
SECONDS = 8.0
_PAGE = 200
_MOST_CHANGES = 200


@dataclass(frozen=True, slots=True)
class Going:
    """Where events of an issue would go: to *issue*, or to a new one, the *new*-th."""

    issue: int | None
    new: int | None
    short: str  # "" for a new one
    title: str
    events: int
    example: str  # an event's id, 32 hex


@dataclass(frozen=True, slots=True)
class IssueChange:
    """An issue that would lose events."""

    issue: int
    short: str
    title: str
    events: int  # that would leave
    stays: int  # of those looked at
    goes: tuple[Going, ...]

    @property
    def is_merged(self) -> bool:
        """Whether all of it that was looked at would be in one other issue that there is."""
        return not self.stays and len(self.goes) == 1 and self.goes[0].issue is not None


@dataclass(frozen=True, slots=True)
class RegroupPreview:
    """What would change; of a large project only the newest events were looked at."""

    changes: tuple[IssueChange, ...]  # those that lose most events first
    looked_at: int
    is_whole: bool  # whether that was all of the project's events
    unaffected: int  # events that would stay
    new_issues: int


@dataclass(frozen=True, slots=True)
class _Affected:
    row: EventRow
    hashes: tuple[str, ...]


def preview_regrouping(
    db: Db,
    workspace: Workspace,
    project: int,
    stack_trace_rules: str,
    fingerprint_rules: str,
    limit: int = MOST_EVENTS,
    seconds: float = SECONDS,
) -> RegroupPreview:
    """Return what the rules in the texts would change of the newest events of *project*.

    An event whose first hash stays the same stays where it is, wherever people have put it. Others go where
    their new hash leads; an issue of which most events go on together is that issue still. Raises
    RuleTextError for texts that are no rules.
    """
    rules = ProjectRules(stack_trace_rules=stack_trace_rules, fingerprint_rules=fingerprint_rules).grouping()
    homes: dict[str, int] = {}
    stays: Counter[int] = Counter()
    affected: list[_Affected] = []
    looked_at = 0
    for row, before, hashes in _regrouped(db, workspace, project, rules, limit, time.monotonic() + seconds):
        looked_at += 1
        if hashes[0] == before or (
            # Written before hashes were kept.
            not before and row.issue in issues_of_hashes(db, project, hashes).values()
        ):
            stays[row.issue] += 1
            homes.setdefault(hashes[0], row.issue)
        else:
            affected.append(_Affected(row, hashes))
    wanted = {digest for each in affected for digest in each.hashes} - homes.keys()
    homes = issues_of_hashes(db, project, wanted) | homes
    groups = _groups(affected, homes)
    targets = _targets(groups, stays)
    changes = _changes(db, groups, targets, stays)
    leaving = sum(change.events for change in changes)
    return RegroupPreview(
        tuple(changes[:_MOST_CHANGES]),
        looked_at,
        looked_at < limit and len(page_events(db, project=project, limit=looked_at + 1)) <= looked_at,
        looked_at - leaving,
        sum(target is None for target in targets),
    )


def _regrouped(
    db: Db, workspace: Workspace, project: int, rules: GroupingRules, limit: int, until: float
) -> Iterator[tuple[EventRow, str, tuple[str, ...]]]:
    """Yield events, newest first, with the hash they have and those they would have."""
    after: EventRow | None = None
    left = limit
    while left > 0:
        rows = page_events(db, project=project, after=after, limit=min(_PAGE, left))
        before = stored_hashes(db, [row.id for row in rows])
        for row in rows:
            if time.monotonic() > until:
                return
            try:
                hashes = read_grouped_by(db, workspace, row, rules)
            except (PayloadGoneError, DamagedError, IngestError):
                continue
            if hashes:
                yield row, before.get(row.id) or "", hashes
        if len(rows) < min(_PAGE, left):
            return
        left -= len(rows)
        after = rows[-1]


def _groups(affected: Sequence[_Affected], homes: dict[str, int]) -> list[tuple[int | None, list[EventRow]]]:
    """Put events together that would be, in the order they came, with the issue that is theirs already."""
    found: list[tuple[int | None, list[EventRow]]] = []
    at: dict[str, int] = {}
    of_issue: dict[int, int] = {}
    for each in reversed(affected):
        place = next((at[digest] for digest in each.hashes if digest in at), None)
        if place is None:
            home = next((homes[digest] for digest in each.hashes if digest in homes), None)
            place = of_issue.get(home) if home is not None else None
            if place is None:
                place = len(found)
                found.append((home, []))
                if home is not None:
                    of_issue[home] = place
        for digest in each.hashes:
            at.setdefault(digest, place)
        found[place][1].append(each.row)
    return found


def _targets(groups: Sequence[tuple[int | None, list[EventRow]]], stays: Counter[int]) -> list[int | None]:
    """Return the issue of each group; of what leads nowhere yet, the issue most of it comes from goes on.

    Unless that issue has events which stay, or goes on in a larger group. None: a new issue.
    """
    taken = {home for home, _ in groups if home is not None} | {issue for issue in stays if stays[issue]}
    targets = [home for home, _ in groups]
    for place in sorted(range(len(groups)), key=lambda place: -len(groups[place][1])):
        if targets[place] is not None:
            continue
        for issue, _ in Counter(row.issue for row in groups[place][1]).most_common():
            if issue not in taken:
                targets[place] = issue
                taken.add(issue)
                break
    return targets


def _changes(
    db: Db,
    groups: Sequence[tuple[int | None, list[EventRow]]],
    targets: Sequence[int | None],
    stays: Counter[int],
) -> list[IssueChange]:
    leaving: dict[int, dict[int, list[EventRow]]] = defaultdict(lambda: defaultdict(list))
    staying = Counter(stays)
    for place, (_, rows) in enumerate(groups):
        for row in rows:
            if row.issue == targets[place]:
                staying[row.issue] += 1
            else:
                leaving[row.issue][place].append(row)
    names = {number: _named(db, number) for number in {*leaving, *filter(None, targets)}}
    found = []
    for issue, by_place in leaving.items():
        goes = [
            Going(
                target,
                place if target is None else None,
                names[target][0] if target is not None else "",
                names[target][1] if target is not None else "",
                len(rows),
                rows[-1].event_id,
            )
            for place, rows in by_place.items()
            for target in (targets[place],)
        ]
        goes.sort(key=lambda going: -going.events)
        events = sum(going.events for going in goes)
        found.append(IssueChange(issue, *names[issue], events, staying[issue], tuple(goes)))
    return sorted(found, key=lambda change: -change.events)


def _named(db: Db, number: int) -> tuple[str, str]:
    row = get_issue(db, number)
    return (row.short, row.title) if row is not None else ("", "")
