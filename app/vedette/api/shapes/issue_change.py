"""What a client may change in issues: the published body, and the command it becomes."""

from typing import Annotated, Literal, TypedDict

from vedette.api.schema import Between
from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.times import MINUTE, Micros, to_iso

StatusWord = Literal["resolved", "unresolved", "ignored", "resolvedInNextRelease", "muted"]
SubstatusWord = Literal[
    "archived_until_escalating",
    "archived_until_condition_met",
    "archived_forever",
    "escalating",
    "ongoing",
    "regressed",
    "new",
]
PriorityWord = Literal["low", "medium", "high"]
Count = Annotated[int, Between(1, 10_000_000)]


class CommitRef(TypedDict):
    commit: str
    repository: str


class StatusDetails(TypedDict, total=False):
    """Until when, or for how many more events or users, an issue is archived; or what resolved it.

    Times are minutes, `ignoreUntil` is an ISO date. `inNextRun` is Vedette's own.
    """

    inNextRelease: bool
    inNextRun: bool
    inRelease: str
    inCommit: CommitRef
    ignoreDuration: Count
    ignoreUntil: str
    ignoreCount: Count
    ignoreWindow: Count
    ignoreUserCount: Count
    ignoreUserWindow: Count


class IssueChange(TypedDict, total=False):
    """Members left out stay as they are."""

    status: StatusWord
    statusDetails: StatusDetails | None
    substatus: SubstatusWord | None
    ignoreDuration: Count | None
    snoozeDuration: Count | None
    hasSeen: bool
    isBookmarked: bool
    isPublic: bool
    isSubscribed: bool
    priority: PriorityWord


class IssueState(TypedDict):
    """What an issue was before a change, in the form a change takes: sending it back undoes."""

    status: StatusWord
    statusDetails: StatusDetails
    substatus: SubstatusWord | None
    hasSeen: bool
    isBookmarked: bool
    priority: PriorityWord


class IssuesChanged(TypedDict, total=False):
    """The members that were set, and (Vedette's own) what each issue was before, by id."""

    status: Literal["resolved", "unresolved", "ignored"]
    statusDetails: StatusDetails
    substatus: SubstatusWord | None
    hasSeen: bool
    isBookmarked: bool
    isPublic: bool
    isSubscribed: bool
    priority: PriorityWord
    before: dict[str, IssueState]


_STATUSES: dict[StatusWord, Literal["resolved", "unresolved", "ignored"]] = {
    "resolved": "resolved",
    "unresolved": "unresolved",
    "ignored": "ignored",
    "resolvedInNextRelease": "resolved",
    "muted": "ignored",
}


def translate(change: IssueChange, now: Micros) -> tuple[JsonObject, IssuesChanged]:
    """Return the arguments of the command `issue.update` for *change*, and the members to echo.

    No arguments: nothing is asked for that Vedette keeps, so there is nothing to do.
    """
    arguments: JsonObject = {}
    echo: IssuesChanged = {}
    if "status" in change:
        status = _STATUSES[change["status"]]
        details = _details(change, now)
        arguments["status"] = echo["status"] = status
        arguments["status_details"] = dict(details)
        echo["statusDetails"] = details
        substatus = change.get("substatus")
        if substatus is None and any(name.startswith("ignore") for name in details):
            substatus = "archived_until_condition_met"
        if substatus is not None:
            arguments["substatus"] = echo["substatus"] = substatus
    elif change.get("substatus") is not None:
        arguments["substatus"] = echo["substatus"] = change["substatus"]
    if "hasSeen" in change:
        arguments["seen"] = echo["hasSeen"] = change["hasSeen"]
    if "isBookmarked" in change:
        arguments["starred"] = echo["isBookmarked"] = change["isBookmarked"]
    if "priority" in change:
        arguments["priority"] = echo["priority"] = change["priority"]
    # Without a counterpart on one desk, but clients set them in passing and expect to see them again.
    if "isPublic" in change:
        echo["isPublic"] = False
    if "isSubscribed" in change:
        echo["isSubscribed"] = False
    return arguments, echo


def _details(change: IssueChange, now: Micros) -> StatusDetails:
    details: StatusDetails = {**(change.get("statusDetails") or {})}
    if change["status"] == "resolvedInNextRelease":
        details["inNextRelease"] = True
    duration = (
        details.pop("ignoreDuration", None) or change.get("ignoreDuration") or change.get("snoozeDuration")
    )
    if duration and _STATUSES[change["status"]] == "ignored":
        details["ignoreUntil"] = to_iso(now + duration * MINUTE)
    return details


def state_shape(before: JsonObject) -> IssueState:
    """Return what the command says an issue was, in the members of the API."""
    details: JsonValue = before.get("status_details")
    return {
        "status": before["status"],
        "statusDetails": details or {},
        "substatus": before.get("substatus"),
        "hasSeen": bool(before.get("seen")),
        "isBookmarked": bool(before.get("starred")),
        "priority": before["priority"],
    }
