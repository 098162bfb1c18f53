"""What the list shows of an issue: columns and sentences. No SQL."""

from collections.abc import Callable
from pathlib import Path

from vedette.desktop.issues.read import ListedIssue
from vedette.desktop.shell.links import issue_link
from vedette.desktop.widgets import relative_time, units
from vedette.desktop.widgets.paged_model import Column
from vedette.domain.issues import Status
from vedette.store.queries.issue_rows import IssueRow

Clock = Callable[[], int]


def heading_of(row: IssueRow) -> str:
    """Return the first line: the exception's type, or the message itself."""
    return row.type or row.title


def value_of(row: IssueRow) -> str:
    """Return the second line: what the exception says; for a message, which is the heading, its culprit."""
    if row.type and row.type != row.title:
        return row.value.partition("\n")[0]
    return row.culprit if row.culprit != row.title else ""


def place_of(row: IssueRow) -> str:
    """Return the third line: where, which project, and how it ended."""
    where = row.culprit
    if row.function and row.filename and not where:
        where = f"{row.filename} in {row.function}"
    parts = [where if where != value_of(row) else row.filename, row.project_slug, handling_of(row)]
    return " · ".join(part for part in parts if part)


def handling_of(row: IssueRow) -> str:
    """Return whether the program handled it, in a word."""
    if row.kind != "error":
        return "message" if row.kind == "default" else row.kind
    return {True: "handled", False: "unhandled", None: ""}[row.handled]


def state_of(row: IssueRow) -> str:
    """Return the word on the chip: resolved, archived, new, regressed, …; "" for the ordinary."""
    if row.status is Status.RESOLVED:
        return "resolved"
    if row.status is Status.IGNORED:
        return "archived"
    return row.substatus if row.substatus in ("new", "regressed", "escalating") else ""


def read_aloud(listed: ListedIssue, now: int) -> str:
    """Return an issue as a sentence."""
    row = listed.issue
    parts = [
        row.level.value.capitalize(),
        heading_of(row),
        value_of(row),
        place_of(row),
        units.plural(row.n, "event"),
        f"last {relative_time.ago(row.last, now)}",
        state_of(row),
        "" if row.seen else "unread",
        "starred" if row.starred else "",
    ]
    return ", ".join(part for part in parts if part)


def issue_columns(clock: Clock) -> tuple[Column[ListedIssue], ...]:
    """Return the columns; issue and trend are painted."""

    def ago(listed: ListedIssue) -> str:
        return relative_time.ago(listed.issue.last, clock())

    return (
        Column("Issue", tip=lambda listed: f"{listed.issue.title}\n{listed.issue.short}"),
        Column("24 h", tip=lambda listed: trend_in_words(listed.trend)),
        Column("Events", text=lambda listed: units.count(listed.issue.n), right=True, sort="events"),
        Column(
            "Users",
            text=lambda listed: units.count(listed.issue.users) if listed.issue.users else "—",
            right=True,
            sort="users",
        ),
        Column(
            "Last seen",
            text=ago,
            right=True,
            sort="last",
            tip=lambda listed: relative_time.exact(listed.issue.last),
        ),
    )


def trend_in_words(trend: tuple[int, ...]) -> str:
    """Return the last day in words, for those who do not see the bars."""
    total = sum(trend)
    if not total:
        return "Nothing in the last 24 hours"
    peak = max(trend)
    hours = len(trend) - 1 - max(i for i, n in enumerate(trend) if n == peak)
    when = "in the last hour" if hours == 0 else f"{units.plural(hours, 'hour')} ago"
    return f"{units.plural(total, 'event')} in the last 24 hours, most {when} ({peak:,})"


def copied_line(row: IssueRow) -> str:
    """Return an issue as a line of text: id, title, place, events, exact time."""
    events = units.plural(row.n, "event")
    return "\t".join((row.short, row.title, row.culprit, events, f"last {relative_time.exact(row.last)}"))


def link_to(row: IssueRow, workspace: Path) -> str:
    """Return the link that leads other programs to an issue in the workspace in the folder *workspace*."""
    return issue_link(workspace, row.short)
