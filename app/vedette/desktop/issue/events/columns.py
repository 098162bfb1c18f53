"""The columns of the table of events: the usual ones, and those chosen for one's own tags and paths."""

from collections.abc import Callable, Sequence

from vedette.desktop.issue.events.rows import ListedEvent
from vedette.desktop.language import tr
from vedette.desktop.theme.tokens import level_token
from vedette.desktop.widgets.paged_model import Column
from vedette.desktop.widgets.relative_time import exact

TITLE = 1
"""The column that takes the free width."""
WIDTHS = (22, 30, 8, 12, 12, 12, 9, 9)
OWN_WIDTH = 16
"""In digits, of the columns a user adds."""
USUAL = 8
NAMES = ("time", "title", "level", "release", "environment", "user", "trace", "id")
"""What the usual columns are called where their order and widths are remembered."""
OWN = "own "
"""Begins the sort key of an added column."""


def columns_for(own: Sequence[str]) -> tuple[Column[ListedEvent], ...]:
    """Return the usual columns and those named *own*."""
    usual = (
        Column[ListedEvent](
            tr("Time"), text=lambda listed: exact(listed.row.ts)[:23],
            tip=lambda listed: exact(listed.row.ts),
            sort="time",
        ),
        Column[ListedEvent](
            tr("Title"), text=lambda listed: listed.text, tip=lambda listed: listed.text
        ),
        Column[ListedEvent](
            tr("Level"), text=lambda listed: str(listed.row.level), sort="level",
            token=lambda listed: level_token(str(listed.row.level)),
        ),
        Column[ListedEvent](
            tr("Release"), text=lambda listed: listed.row.release or "",
            tip=lambda listed: listed.row.release or "", sort="release",
        ),
        Column[ListedEvent](
            tr("Environment"), text=lambda listed: listed.row.environment or "", sort="environment"
        ),
        Column[ListedEvent](tr("User"), text=lambda listed: listed.row.user or "", sort="user"),
        Column[ListedEvent](tr("Trace"), text=lambda listed: (listed.row.trace or "")[:8], sort="trace"),
        Column[ListedEvent](
            tr("Id"), text=lambda listed: listed.row.event_id[:8], tip=lambda listed: listed.row.event_id
        ),
    )  # fmt: skip
    added = (
        Column[ListedEvent](name, text=_value(at), tip=_value(at), sort=f"{OWN}{name}")
        for at, name in enumerate(own)
    )
    return (*usual, *added)


def _value(at: int) -> Callable[[ListedEvent], str]:
    return lambda listed: listed.values[at] if at < len(listed.values) else ""


def tag_of(section: int, own: Sequence[str]) -> str:
    """Return the tag's key that column *section* shows, "" for none that can be searched."""
    if section >= USUAL:
        name = own[section - USUAL]
        return "" if name.startswith(".") else name
    return {2: "level", 3: "release", 4: "environment", 5: "user", 6: "trace"}.get(section, "")


def sentence(listed: ListedEvent) -> str:
    """Return a row as it is read out."""
    row = listed.row
    parts = (str(row.level), listed.text, exact(row.ts)[:19], row.release, row.environment, row.user)
    return ", ".join(part for part in (*parts, *listed.values) if part)
