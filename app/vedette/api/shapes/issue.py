"""Issues as ``/api/0/`` shows them: in lists and alone."""

from collections.abc import Sequence
from typing import Literal, NotRequired, TypedDict

import orjson

from vedette.api.shapes.event import EventType, event_type
from vedette.api.shapes.issue_change import PriorityWord, StatusDetails, SubstatusWord
from vedette.api.shapes.organization import SLUG
from vedette.api.shapes.project import ProjectRef, project_ref
from vedette.api.shapes.release import Release, release_shape
from vedette.domain.issues import Priority
from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.times import to_iso
from vedette.store.queries.issue_details import ActivityRow, TagSummary
from vedette.store.queries.issue_details import TagValue as StoredValue
from vedette.store.queries.issues import IssueRow
from vedette.store.queries.projects import ProjectRow

_ISSUE_TYPES = {"feedback": "feedback", "cron": "monitor_check_in_failure"}
"""Kinds that are no errors, each a category of its own."""

Series = list[tuple[int, int]]
"""Pairs of a bucket's start in unix seconds and a count."""

StatusWord = Literal["resolved", "unresolved", "ignored"]


class Lifetime(TypedDict):
    """Counts over all time, beside those of the range asked for."""

    count: str
    userCount: int
    firstSeen: str
    lastSeen: str
    stats: dict[str, Series]


class LabelRef(TypedDict):
    """A label an issue carries, with the number of its colour."""

    id: str
    name: str
    colour: int


class Issue(TypedDict):
    """Events that belong together; `userCount` is exact at any size.

    Vedette's own are `firstRun` and `lastRun`, the runs it was seen in, and `labels`.
    """

    id: str
    shareId: None
    shortId: str
    title: str
    culprit: str
    permalink: str
    logger: str | None
    level: str
    status: StatusWord
    statusDetails: StatusDetails
    substatus: SubstatusWord | None
    isPublic: bool
    platform: str | None
    project: ProjectRef
    type: EventType
    metadata: dict[str, JsonValue]
    numComments: int
    assignedTo: None
    isBookmarked: bool
    isSubscribed: bool
    subscriptionDetails: None
    hasSeen: bool
    annotations: list[JsonValue]
    issueType: str
    issueCategory: str
    priority: PriorityWord
    priorityLockedAt: str | None
    isUnhandled: bool
    count: str
    userCount: int
    firstSeen: str
    lastSeen: str
    firstRun: int
    lastRun: int
    inbox: None
    owners: None
    filtered: None
    labels: list[LabelRef]
    lifetime: NotRequired[Lifetime]
    stats: NotRequired[dict[str, Series]]


class Activity(TypedDict):
    """Something that happened to an issue."""

    id: str
    type: str
    user: None
    data: dict[str, JsonValue]
    dateCreated: str


class IssueTag(TypedDict):
    """A tag key with how many of the issue's events carry it."""

    key: str
    name: str
    totalValues: int
    uniqueValues: int
    topValues: list["TagValue"]


class TagValue(TypedDict):
    """One value of a tag, and how many events carry it; among `topValues` the times are the issue's."""

    key: str
    name: str
    value: str
    count: int
    firstSeen: str
    lastSeen: str
    query: str


class IssueDetail(Issue):
    """An issue with its history and tags."""

    activity: list[Activity]
    tags: list[IssueTag]
    firstRelease: Release | None
    lastRelease: Release | None
    seenBy: list[JsonValue]
    participants: list[JsonValue]
    pluginActions: list[JsonValue]
    pluginIssues: list[JsonValue]
    pluginContexts: list[JsonValue]
    userReportCount: int


def issue_shape(row: IssueRow, project: ProjectRow | None, base_url: str) -> Issue:
    """Return *row* for a list."""
    return {
        "id": str(row.id),
        "shareId": None,
        "shortId": row.short,
        "title": row.title,
        "culprit": row.culprit,
        "permalink": f"{base_url}/organizations/{SLUG}/issues/{row.id}/",
        "logger": None,
        "level": row.level.value,
        "status": row.status.value,
        "statusDetails": _details(row.status_details),
        "substatus": row.substatus,  # type: ignore[typeddict-item]
        "isPublic": False,
        "platform": row.platform or None,
        "project": project_ref(project) if project else _lost_project(row),
        "type": event_type(row.kind),
        "metadata": _metadata(row),
        "numComments": row.notes,
        "assignedTo": None,
        "isBookmarked": row.starred,
        "isSubscribed": False,
        "subscriptionDetails": None,
        "hasSeen": row.seen,
        "annotations": [],
        "issueType": _ISSUE_TYPES.get(row.kind, "error"),
        "issueCategory": row.kind if row.kind in _ISSUE_TYPES else "error",
        "priority": priority_word(row.priority),
        "priorityLockedAt": None if row.priority_locked_at is None else to_iso(row.priority_locked_at),
        "isUnhandled": row.handled is False,
        "count": str(row.n),
        "userCount": row.users,
        "firstSeen": to_iso(row.first),
        "lastSeen": to_iso(row.last),
        "firstRun": row.first_run,
        "lastRun": row.last_run,
        "inbox": None,
        "owners": None,
        "filtered": None,
        "labels": [],
    }


def lifetime_shape(row: IssueRow) -> Lifetime:
    return {
        "count": str(row.n),
        "userCount": row.users,
        "firstSeen": to_iso(row.first),
        "lastSeen": to_iso(row.last),
        "stats": {},
    }


def issue_detail(
    issue: Issue, row: IssueRow, activity: Sequence[Activity], tags: list[IssueTag]
) -> IssueDetail:
    """Return the detail of the issue in *row*, whose list form is *issue*."""
    return {
        **issue,
        "activity": list(activity),
        "tags": tags,
        "firstRelease": release_shape(row.first_release),
        "lastRelease": release_shape(row.last_release),
        "seenBy": [],
        "participants": [],
        "pluginActions": [],
        "pluginIssues": [],
        "pluginContexts": [],
        "userReportCount": 0,
    }


def activity_shape(row: ActivityRow) -> Activity:
    return {
        "id": str(row.id),
        "type": row.kind,
        "user": None,
        "data": orjson.loads(row.data),
        "dateCreated": to_iso(row.ts),
    }


def tag_shape(tag: TagSummary, issue: IssueRow) -> IssueTag:
    return {
        "key": tag.key,
        "name": tag.key.replace("_", " ").replace(".", " ").title(),
        "totalValues": tag.total,
        "uniqueValues": tag.unique,
        "topValues": [value_shape(tag.key, value, issue) for value in tag.top],
    }


def value_shape(key: str, value: StoredValue, issue: IssueRow) -> TagValue:
    quoted = value.value.replace("\\", "\\\\").replace('"', '\\"').replace("*", "\\*")
    return {
        "key": key,
        "name": value.value,
        "value": value.value,
        "count": value.n,
        "firstSeen": to_iso(issue.first if value.first is None else value.first),
        "lastSeen": to_iso(issue.last if value.last is None else value.last),
        "query": f'{key}:"{quoted}"',
    }


def priority_word(number: int) -> PriorityWord:
    """Return the word for a stored priority; one between the three counts as the one below."""
    if number >= Priority.HIGH:
        return "high"
    return "medium" if number >= Priority.MEDIUM else "low"


def _metadata(row: IssueRow) -> JsonObject:
    parts = {"type": row.type, "value": row.value, "filename": row.filename, "function": row.function}
    if not row.type:
        parts["title"] = row.title
    return {name: part for name, part in parts.items() if part}


def _details(text: str | None) -> StatusDetails:
    details: StatusDetails = orjson.loads(text) if text else {}
    return details


def _lost_project(row: IssueRow) -> ProjectRef:
    """Return what is left of a project that was removed while its issue was read."""
    return {"id": str(row.project), "name": row.project_slug, "slug": row.project_slug, "platform": None}
