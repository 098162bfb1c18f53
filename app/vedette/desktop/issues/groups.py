"""Rows put together by what they share: a band above each group. Pure."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from vedette.desktop.issues.counted import grouped
from vedette.desktop.issues.read import ListedIssue
from vedette.desktop.language import mark, tr
from vedette.desktop.widgets import units
from vedette.domain.levels import Level
from vedette.store.queries.issue_rows import IssueRow


class GroupBy(StrEnum):
    """What the issues of a group share."""

    NOTHING = ""
    PROJECT = "project"
    KIND = "kind"
    FILE = "file"
    LEVEL = "level"
    RELEASE = "release"


GROUP_TITLES: dict[GroupBy, str] = {
    GroupBy.NOTHING: mark("No groups"),
    GroupBy.PROJECT: mark("Project"),
    GroupBy.KIND: mark("Kind"),
    GroupBy.FILE: mark("File"),
    GroupBy.LEVEL: mark("Level"),
    GroupBy.RELEASE: mark("Release"),
}
KIND_TITLES: dict[str, str] = {
    "error": mark("Error"),
    "default": mark("Message"),
    "csp": mark("Content security policy"),
    "transaction": mark("Performance"),
    "feedback": mark("Feedback"),
    "cron": mark("Job on time"),
}
LEVEL_TITLES: dict[str, str] = {
    "fatal": mark("Fatal"),
    "error": mark("Error"),
    "warning": mark("Warning"),
    "info": mark("Info"),
    "debug": mark("Debug"),
}
_NAMELESS: dict[GroupBy, str] = {
    GroupBy.FILE: mark("No file"),
    GroupBy.RELEASE: mark("No release"),
    GroupBy.PROJECT: mark("No project"),
    GroupBy.KIND: mark("No kind"),
}
_SHARED: dict[GroupBy, Callable[[IssueRow], str]] = {
    GroupBy.PROJECT: lambda row: row.project_slug,
    GroupBy.KIND: lambda row: row.kind,
    GroupBy.FILE: lambda row: row.filename,
    GroupBy.LEVEL: lambda row: row.level.value,
    GroupBy.RELEASE: lambda row: row.last_release or "",
}
_LEVELS = [level.value for level in sorted(Level, key=lambda level: level.number, reverse=True)]


@dataclass(frozen=True, slots=True)
class GroupRow:
    """The band above a group. *is_open_ended*: more of it may lie beyond what was read."""

    by: GroupBy
    value: str
    count: int
    is_open_ended: bool = False
    is_folded: bool = False

    @property
    def title(self) -> str:
        """What its issues share, as it is shown."""
        if not self.value:
            return tr(_NAMELESS.get(self.by, ""))
        known = {GroupBy.KIND: KIND_TITLES, GroupBy.LEVEL: LEVEL_TITLES}.get(self.by, {})
        return tr(known[self.value]) if self.value in known else self.value

    @property
    def counted(self) -> str:
        """How many issues it has: ``12``, ``12+``."""
        return units.count(self.count) + ("+" if self.is_open_ended else "")

    @property
    def sentence(self) -> str:
        """The band as it is read out."""
        parts = [
            f"{tr(GROUP_TITLES[self.by])} {self.title}",
            grouped(tr("%n issue(s)", "", self.count), self.count),
            tr("folded") if self.is_folded else tr("unfolded"),
        ]
        return ", ".join(parts)


Row = ListedIssue | GroupRow


def row_key(row: Row) -> int | tuple[str, str]:
    """Return the key of a row: an issue's row id, or what its group shares."""
    return ("group", row.value) if isinstance(row, GroupRow) else row.issue.id


def is_band(row: Row) -> bool:
    """Return whether *row* heads a group."""
    return isinstance(row, GroupRow)


def arrange(
    rows: Sequence[ListedIssue], by: GroupBy, folded: Collection[str], *, is_cut: bool = False
) -> list[Row]:
    """Return *rows* in groups, each below its band; those in *folded* show only the band.

    Groups stand in the order of their first rows, levels from the gravest down. *is_cut*: there are more.
    """
    if by is GroupBy.NOTHING:
        return list(rows)
    groups: dict[str, list[ListedIssue]] = {}
    for row in rows:
        groups.setdefault(_SHARED[by](row.issue), []).append(row)
    values = sorted(groups, key=_LEVELS.index) if by is GroupBy.LEVEL else list(groups)
    arranged: list[Row] = []
    for value in values:
        is_folded = value in folded
        arranged.append(GroupRow(by, value, len(groups[value]), is_cut, is_folded))
        if not is_folded:
            arranged += groups[value]
    return arranged
