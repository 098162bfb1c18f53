"""What each sender did lately: how much it sent, what it said it dropped, and its newest trace."""

from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from vedette.domain.times import Micros
from vedette.store.schema import item, request

_REPORT = "client_report"
_TRACES = ("transaction", "span")
_MOST_REPORTS = 500


@dataclass(slots=True)
class SenderActivity:
    """``recent`` requests came since the moment asked about; ``reports`` are client reports in words.

    ``traced`` is the newest request with a trace in it, None if there is none among those looked at.
    """

    recent: int = 0
    reports: list[str] = field(default_factory=list)
    traced: int | None = None


def sender_activity(db: Connection, since: Micros, most: int = 5_000) -> dict[int, SenderActivity]:
    """Return the activity of each sender among the newest *most* requests, by its id; *recent* since *since*.

    Index: primary key of request, item(request, n).
    """
    found: dict[int, SenderActivity] = {}
    reporting: dict[int, int] = {}
    rows = db.execute(
        select(request.c.id, request.c.sender, request.c.received, request.c.kinds)
        .order_by(request.c.id.desc())
        .limit(most)
    )
    for number, sender, received, kinds in rows:
        activity = found.setdefault(sender, SenderActivity())
        activity.recent += received >= since
        if _REPORT in kinds and len(reporting) < _MOST_REPORTS:
            reporting[number] = sender
        if activity.traced is None and kinds.startswith(_TRACES):
            activity.traced = number
    if reporting:
        reports = db.execute(
            select(item.c.request, item.c.detail).where(
                item.c.request.in_(list(reporting)), item.c.kind == _REPORT, item.c.detail.is_not(None)
            )
        )
        for number, detail in reports:
            found[reporting[number]].reports.append(detail)
    return found
