"""The columns of the list: what each shows, how wide it usually is, by what it sorts. No SQL."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from vedette.desktop.issues.counted import grouped
from vedette.desktop.issues.groups import Row
from vedette.desktop.issues.read import ListedIssue
from vedette.desktop.issues.sentences import (
    STATES,
    kind_of,
    priority_of,
    runs_in_words,
    state_of,
    trend_in_words,
    trend_tip,
)
from vedette.desktop.language import mark, tr
from vedette.desktop.widgets import relative_time, units
from vedette.desktop.widgets.paged_model import Column
from vedette.domain.times import DAY, HOUR, MINUTE, SECOND
from vedette.store.queries.issue_rows import IssueSort

Clock = Callable[[], int]
Span = Callable[[], tuple[int, int]]
"""Gives the time whose course is shown, as [start, end) in microseconds."""

ISSUE = "issue"
"""The first column: always there, always first."""
KEYS = (
    ISSUE, "trend", "events", "users", "first", "last", "runs", "state", "priority", "release", "environment",
    "kind", "project", "labels", "notes",
)  # fmt: skip
"""Every column, in the order of the model; which are shown, and in which order, is the user's choice."""
USUAL = ("trend", "events", "users", "last")
TITLES: dict[str, str] = {
    ISSUE: mark("Issue"),
    "trend": mark("Trend"),
    "events": mark("Events"),
    "users": mark("Users"),
    "first": mark("First seen"),
    "last": mark("Last seen"),
    "runs": mark("Runs"),
    "state": mark("State"),
    "priority": mark("Priority"),
    "release": mark("Release"),
    "environment": mark("Environment"),
    "kind": mark("Kind"),
    "project": mark("Project"),
    "labels": mark("Labels"),
    "notes": mark("Notes"),
}
WIDTHS = {
    "trend": 17, "events": 9, "users": 8, "first": 13, "last": 13, "runs": 12, "state": 12, "priority": 10,
    "release": 17, "environment": 15, "kind": 11, "project": 16, "labels": 18, "notes": 7,
}  # fmt: skip
"""Usual widths in digits."""
SORT_TITLES: dict[IssueSort, str] = {
    IssueSort.LAST: mark("Last seen"),
    IssueSort.FIRST: mark("First seen"),
    IssueSort.EVENTS: mark("Events"),
    IssueSort.USERS: mark("Users"),
    IssueSort.PRIORITY: mark("Priority"),
    IssueSort.TREND: mark("Trend, rising first"),
    IssueSort.TITLE: mark("Title"),
}
SORT_COLUMNS: dict[IssueSort, str] = {
    IssueSort.LAST: "last",
    IssueSort.FIRST: "first",
    IssueSort.EVENTS: "events",
    IssueSort.USERS: "users",
    IssueSort.PRIORITY: "priority",
    IssueSort.TREND: "trend",
    IssueSort.TITLE: ISSUE,
}
_SORTS = {key: sort.value for sort, key in SORT_COLUMNS.items()}


@dataclass(frozen=True, slots=True)
class Shown:
    """Which columns are shown beside the issue, in order, and widths the user drew, in digits."""

    keys: tuple[str, ...] = USUAL
    widths: tuple[tuple[str, float], ...] = ()

    def width(self, key: str) -> float:
        return dict(self.widths).get(key, WIDTHS[key])

    def toggled(self, key: str) -> "Shown":
        """Return the choice with *key* shown at its usual place, or hidden if it is shown."""
        if key in self.keys:
            return replace(self, keys=tuple(other for other in self.keys if other != key))
        before = [other for other in self.keys if KEYS.index(other) < KEYS.index(key)]
        at = self.keys.index(before[-1]) + 1 if before else 0
        return replace(self, keys=(*self.keys[:at], key, *self.keys[at:]))

    def moved(self, key: str, by: int) -> "Shown":
        """Return the choice with *key* further to the right by *by* places, or to the left."""
        at = self.keys.index(key)
        to = min(len(self.keys) - 1, max(0, at + by))
        rest = [other for other in self.keys if other != key]
        return replace(self, keys=(*rest[:to], key, *rest[to:]))

    def widened(self, key: str, width: float) -> "Shown":
        """Return the choice with *key* so many digits wide."""
        return replace(self, widths=tuple({**dict(self.widths), key: round(width, 2)}.items()))


def read_keys(wanted: Sequence[object]) -> tuple[str, ...]:
    """Return the columns named in *wanted*, each once; what is no column is passed over."""
    known = [str(key) for key in wanted if key in KEYS and key != ISSUE]
    return tuple(dict.fromkeys(known))


def issue_columns(clock: Clock, span: Span) -> tuple[Column[Row], ...]:
    """Return the columns in the order of KEYS. Issue, trend, runs and state are painted."""

    def column(
        key: str,
        text: Callable[[ListedIssue], str] | None = None,
        *,
        tip: Callable[[ListedIssue], str] | None = None,
        right: bool = False,
        spoken: Callable[[ListedIssue], str] | None = None,
    ) -> Column[Row]:
        return Column(
            tr(TITLES[key]),
            _of_issues(text),
            right,
            _of_issues(tip),
            _SORTS.get(key, ""),
            None,
            _of_issues(spoken),
        )

    def ago(of: Callable[[ListedIssue], int]) -> Callable[[ListedIssue], str]:
        return lambda listed: relative_time.ago(of(listed), clock())

    def exact(of: Callable[[ListedIssue], int]) -> Callable[[ListedIssue], str]:
        return lambda listed: relative_time.exact(of(listed))

    def first(listed: ListedIssue) -> int:
        return listed.issue.first

    def last(listed: ListedIssue) -> int:
        return listed.issue.last

    return (
        column(ISSUE, tip=lambda listed: f"{listed.issue.title}\n{listed.issue.short}"),
        column(
            "trend",
            tip=lambda listed: trend_tip(listed, span()),
            spoken=lambda listed: trend_in_words(listed.trend, span()) or tr("none"),
        ),
        column("events", _events, tip=_all_events, right=True),
        column("users", lambda listed: units.count(listed.issue.users or None), right=True),
        column("first", ago(first), tip=exact(first), right=True),
        column("last", ago(last), tip=exact(last), right=True),
        column("runs", tip=runs_in_words, spoken=runs_in_words),
        column("state", spoken=lambda listed: tr(STATES[state_of(listed.issue) or "ongoing"])),
        column("priority", lambda listed: priority_of(listed.issue)),
        column("release", _release, tip=_releases),
        column("environment", _environment, tip=lambda listed: "\n".join(listed.environments)),
        column("kind", lambda listed: kind_of(listed.issue)),
        column("project", lambda listed: listed.issue.project_slug),
        column(
            "labels",
            lambda listed: ", ".join(listed.labels) or units.NO_VALUE,
            tip=lambda listed: "\n".join(listed.labels),
        ),
        column("notes", lambda listed: units.count(listed.issue.notes or None), right=True),
    )


def _of_issues(words: Callable[[ListedIssue], str] | None) -> Callable[[Row], str] | None:
    """Return *words* for any row; a band has no cells."""
    if words is None:
        return None
    return lambda row: words(row) if isinstance(row, ListedIssue) else ""


def _events(listed: ListedIssue) -> str:
    return units.count(listed.issue.n if listed.events is None else listed.events)


def _all_events(listed: ListedIssue) -> str:
    if listed.events is None:
        return ""
    return grouped(tr("%n event(s) in all", "", listed.issue.n), listed.issue.n)


def _release(listed: ListedIssue) -> str:
    return listed.issue.last_release or units.NO_VALUE


def _releases(listed: ListedIssue) -> str:
    row = listed.issue
    if not row.last_release:
        return ""
    return tr("first in {first}, last in {last}").format(
        first=row.first_release or "?", last=row.last_release
    )


def _environment(listed: ListedIssue) -> str:
    if not listed.environments:
        return units.NO_VALUE
    more = len(listed.environments) - 1
    return listed.environments[0] + (f" +{more}" if more else "")


def span_title(start: int, end: int) -> str:
    """Return the length of a time for the narrow header of its course: ``24 h``, ``7 d``, ``15 min``."""
    length = max(SECOND, end - start)
    if length > 2 * DAY - HOUR:
        return tr("{count} d").format(count=round(length / DAY))
    # An hour and a half is 90 min.
    if length > 2 * HOUR - MINUTE or abs(length - HOUR) < MINUTE:
        return tr("{count} h").format(count=round(length / HOUR))
    if length >= MINUTE:
        return tr("{count} min").format(count=round(length / MINUTE))
    return tr("{count} s").format(count=round(length / SECOND))
