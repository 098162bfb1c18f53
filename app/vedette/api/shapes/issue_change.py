"""What a client may change in issues: the published body, and the command it becomes."""

from typing import Annotated, Literal, TypedDict

from vedette.api.errors import ApiError
from vedette.api.schema import AtMost, Between
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
LabelIds = Annotated[list[str], AtMost(50)]


class CommitRef(TypedDict):
    commit: str
    repository: str


class StatusDetails(TypedDict, total=False):
    """Until when, or for how many more events or users, an issue is archived; or what resolved it.

    Times are minutes, `ignoreUntil` is an ISO date, `inRelease` may be `latest`. Vedette's own are
    `inNextRun`, `untilNextRun`, `untilNextRelease`, and `currentRelease`: the last one without the change,
    which is only told.
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
    untilNextRun: bool
    untilNextRelease: bool
    currentRelease: str


class IssueChange(TypedDict, total=False):
    """Members left out stay as they are.

    A priority that is set is locked: no rule changes it any more, until `priorityLocked` is false. Vedette's
    own are labels, by their ids (`labels` are to be all), and `basis`, from an answer's `before`. `delete`
    deletes issues, `discard` filters their events as well; the answer names those `deleted`.
    """

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
    priorityLocked: bool
    labels: LabelIds
    addLabels: LabelIds
    removeLabels: LabelIds
    basis: dict[str, JsonValue] | None
    discard: bool
    merge: bool
    delete: bool


class IssueState(TypedDict, total=False):
    """What an issue was before a change, in the form a change takes: sending it back undoes.

    It has the members that were changed. `basis` is what conditions count from.
    """

    status: StatusWord
    statusDetails: StatusDetails
    substatus: SubstatusWord | None
    basis: dict[str, JsonValue]
    hasSeen: bool
    isBookmarked: bool
    priority: PriorityWord
    priorityLocked: bool
    labels: list[str]


class Merged(TypedDict):
    """The issue that stays, those it took in, and (Vedette's own) the regrouping, which can be undone."""

    parent: str
    children: list[str]
    regrouping: str


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
    priorityLocked: bool
    labels: list[str]
    addLabels: list[str]
    removeLabels: list[str]
    discard: bool
    merge: Merged
    delete: bool
    deleted: list[str]
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
    _translate_status(change, now, arguments, echo)
    _translate_labels(change, arguments, echo)
    if "hasSeen" in change:
        arguments["seen"] = echo["hasSeen"] = change["hasSeen"]
    if "isBookmarked" in change:
        arguments["starred"] = echo["isBookmarked"] = change["isBookmarked"]
    if "priority" in change:
        arguments["priority"] = echo["priority"] = change["priority"]
    if "priorityLocked" in change:
        arguments["priority_locked"] = echo["priorityLocked"] = change["priorityLocked"]
    # Without a counterpart on one desk, but clients set them in passing and expect to see them again.
    if "isPublic" in change:
        echo["isPublic"] = False
    if "isSubscribed" in change:
        echo["isSubscribed"] = False
    return arguments, echo


def _translate_status(change: IssueChange, now: Micros, arguments: JsonObject, echo: IssuesChanged) -> None:
    if "status" in change:
        status = _STATUSES[change["status"]]
        details = _details(change, now)
        arguments["status"] = echo["status"] = status
        arguments["status_details"] = dict(details)
        echo["statusDetails"] = details
        substatus = change.get("substatus")
        if change.get("basis") is not None:
            arguments["basis"] = change["basis"]
        if status == "ignored" and substatus is None and any(name in details for name in _ENDS):
            substatus = "archived_until_condition_met"
        if substatus is not None:
            arguments["substatus"] = echo["substatus"] = substatus
    elif change.get("substatus") is not None:
        arguments["substatus"] = echo["substatus"] = change["substatus"]


def _translate_labels(change: IssueChange, arguments: JsonObject, echo: IssuesChanged) -> None:
    if "labels" in change:
        arguments["labels"], echo["labels"] = _label_ids(change["labels"]), change["labels"]
    if "addLabels" in change:
        arguments["add_labels"], echo["addLabels"] = _label_ids(change["addLabels"]), change["addLabels"]
    if "removeLabels" in change:
        arguments["remove_labels"] = _label_ids(change["removeLabels"])
        echo["removeLabels"] = change["removeLabels"]


_ENDS = ("ignoreUntil", "ignoreCount", "ignoreUserCount", "untilNextRun", "untilNextRelease")


def _label_ids(given: list[str]) -> list[int]:
    if not all(label.isascii() and label.isdigit() and len(label) < 19 for label in given):
        raise ApiError(400, "Labels are given by their ids.")
    return [int(label) for label in given]


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
    state: IssueState = {}
    if "status" in before:
        state["status"] = before["status"]
        state["statusDetails"] = before.get("status_details") or {}
        state["substatus"] = before.get("substatus")
        state["basis"] = before.get("basis") or {}
    if "seen" in before:
        state["hasSeen"] = before["seen"]
    if "starred" in before:
        state["isBookmarked"] = before["starred"]
    if "priority" in before:
        state["priority"] = before["priority"]
        state["priorityLocked"] = before["priority_locked"]
    if "labels" in before:
        state["labels"] = [str(label) for label in before["labels"]]
    return state
