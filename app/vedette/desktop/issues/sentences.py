"""An issue in words: the lines of its row, its row read out, its course of time. No SQL."""

from vedette.desktop.issues.counted import grouped
from vedette.desktop.issues.groups import KIND_TITLES, LEVEL_TITLES
from vedette.desktop.issues.read import ListedIssue
from vedette.desktop.language import mark, tr
from vedette.desktop.widgets import relative_time, sparkline_layout
from vedette.domain.issues import Priority, Status
from vedette.store.queries.issue_rows import IssueRow

STATES: dict[str, str] = {
    "new": mark("New"),
    "ongoing": mark("Ongoing"),
    "regressed": mark("Regressed"),
    "escalating": mark("Escalating"),
    "resolved": mark("Resolved"),
    "archived": mark("Archived"),
}
PRIORITIES: dict[int, str] = {
    Priority.HIGH: mark("High"),
    Priority.MEDIUM: mark("Medium"),
    Priority.LOW: mark("Low"),
}


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
        where = tr("{file} in {function}").format(file=row.filename, function=row.function)
    parts = [where if where != value_of(row) else row.filename, row.project_slug, handling_of(row)]
    return " · ".join(part for part in parts if part)


def handling_of(row: IssueRow) -> str:
    """Return whether the program handled it, in a word; of what is no error, its kind."""
    if row.kind != "error":
        return kind_of(row).lower()
    return {True: tr("handled"), False: tr("unhandled"), None: ""}[row.handled]


def kind_of(row: IssueRow) -> str:
    """Return what kind of issue it is, in a word."""
    return tr(KIND_TITLES[row.kind]) if row.kind in KIND_TITLES else row.kind


def state_of(row: IssueRow) -> str:
    """Return the word on the chip: resolved, archived, new, regressed, …; "" for the ordinary."""
    if row.status is Status.RESOLVED:
        return "resolved"
    if row.status is Status.IGNORED:
        return "archived"
    return row.substatus if row.substatus in ("new", "regressed", "escalating") else ""


def priority_of(row: IssueRow) -> str:
    """Return how much it matters, in a word."""
    return tr(PRIORITIES[row.priority]) if row.priority in PRIORITIES else ""


def read_aloud(listed: ListedIssue, now: int) -> str:
    """Return an issue as a sentence."""
    row = listed.issue
    state = state_of(row)
    n = row.n if listed.events is None else listed.events
    parts = [
        tr(LEVEL_TITLES[row.level.value]),
        heading_of(row),
        value_of(row),
        place_of(row),
        grouped(tr("%n event(s)", "", n), n),
        tr("last {age}").format(age=relative_time.ago(row.last, now)),
        tr(STATES[state]).lower() if state else "",
        "" if row.seen else tr("unread"),
        tr("starred") if row.starred else "",
        tr("no longer in this view") if listed.is_gone else "",
    ]
    return ", ".join(part for part in parts if part)


def trend_in_words(trend: tuple[int, ...], span: tuple[int, int]) -> str:
    """Return the course of *span* in words: ``rising, peak 5 at 10:12``; "" if nothing happened."""
    if not sum(trend):
        return ""
    start, end = span
    at = start + (end - start) * trend.index(max(trend)) // len(trend)
    return tr("{trend} at {time}").format(
        trend=sparkline_layout.describe(trend), time=relative_time.clock(at)[:5]
    )


def trend_tip(listed: ListedIssue, span: tuple[int, int]) -> str:
    """Return what the bars stand for: how much, and when most of it."""
    words = trend_in_words(listed.trend, span)
    if not words:
        return tr("Nothing in this time")
    n = sum(listed.trend)
    return grouped(tr("%n event(s) in this time", "", n), n) + "\n" + words


def runs_in_words(listed: ListedIssue) -> str:
    """Return in which of the newest runs it happened: ``runs 40, 41 of 35 to 42``."""
    if not listed.runs:
        return ""
    names = ", ".join(str(run) for run, happened in listed.runs if happened)
    first, last = listed.runs[0][0], listed.runs[-1][0]
    if not names:
        return tr("in none of the runs {first} to {last}").format(first=first, last=last)
    return tr("in {names} of the runs {first} to {last}").format(names=names, first=first, last=last)
