"""What a user said, in the shape of Sentry's user reports."""

from typing import NotRequired, TypedDict

from vedette.domain.times import to_iso
from vedette.store.queries.feedback import FeedbackRow


class ReportedEvent(TypedDict):
    """The event a report is about; `id` is null as long as it has not arrived."""

    id: str | None
    eventID: str


class ReportUser(TypedDict):
    id: str
    username: str
    email: str
    name: str
    ipAddress: None
    avatarUrl: None


class ReportIssue(TypedDict):
    id: str


class UserReport(TypedDict):
    """What a user said. `eventID` is the event it is about, or its own where it is about none.

    The members after `issue` are Vedette's.
    """

    id: str
    eventID: str
    name: str
    email: str
    comments: str
    dateCreated: str
    user: ReportUser | None
    event: ReportedEvent
    issue: ReportIssue | None
    projectSlug: NotRequired[str]
    url: NotRequired[str]
    source: NotRequired[str]
    feedbackID: NotRequired[str]
    replayId: NotRequired[str | None]
    traceId: NotRequired[str | None]


def report_shape(row: FeedbackRow, known: bool) -> UserReport:
    """Return the shape of *row*; *known* says whether the event it is about is stored."""
    event_id = row.about or row.event_id
    user: ReportUser | None = None
    if row.email or row.name:
        user = {
            "id": row.email or row.name,
            "username": row.name,
            "email": row.email,
            "name": row.name,
            "ipAddress": None,
            "avatarUrl": None,
        }
    return {
        "id": str(row.id),
        "eventID": event_id,
        "name": row.name,
        "email": row.email,
        "comments": row.message,
        "dateCreated": to_iso(row.created),
        "user": user,
        "event": {"id": event_id if known else None, "eventID": event_id},
        "issue": None if row.issue is None else {"id": str(row.issue)},
        "projectSlug": row.project_slug,
        "url": row.url,
        "source": row.source,
        "feedbackID": row.event_id,
        "replayId": row.replay,
        "traceId": row.trace,
    }
