"""How an issue stands, in plain words: resolved in which release, archived until when or what. No SQL."""

import orjson

from vedette.desktop.language import tr
from vedette.desktop.widgets import relative_time, units
from vedette.domain.issues import Status, Substatus
from vedette.domain.json import JsonObject
from vedette.domain.times import from_iso
from vedette.store.queries.issue_rows import IssueRow

_MINUTES_A_DAY = 24 * 60


def standing_of(row: IssueRow) -> str:
    """Return the sentence under an issue's heading, "" for an open one of which there is nothing to say."""
    details: JsonObject = orjson.loads(row.status_details) if row.status_details else {}
    if row.status is Status.RESOLVED:
        return resolved_in_words(details)
    if row.status is Status.IGNORED:
        return archived_in_words(row.substatus, details)
    if row.substatus == Substatus.REGRESSED:
        if row.regressed_release:
            return tr("It came back in {release}").format(release=row.regressed_release)
        return tr("It came back after it was resolved")
    if row.substatus == Substatus.ESCALATING:
        return tr("It happens far more often than it did")
    return ""


def resolved_in_words(details: JsonObject) -> str:
    """Return what an issue is resolved by."""
    if details.get("inRelease"):
        return tr("Resolved in {release}; older ones may still fail").format(release=details["inRelease"])
    if details.get("inNextRelease"):
        if details.get("currentRelease"):
            return tr("Resolved in the release after {release}").format(release=details["currentRelease"])
        return tr("Resolved in the next release")
    if details.get("inNextRun"):
        return tr("Resolved from the next run on")
    commit = details.get("inCommit")
    if isinstance(commit, dict) and commit.get("commit"):
        return tr("Resolved in commit {commit}").format(commit=str(commit["commit"])[:12])
    return tr("Resolved; the next event brings it back")


def archived_in_words(substatus: str | None, details: JsonObject) -> str:
    """Return until when or what an issue is archived."""
    if substatus == Substatus.ARCHIVED_FOREVER:
        return tr("Archived for ever")
    ends = list(_ends(details))
    if substatus == Substatus.ARCHIVED_UNTIL_ESCALATING or not ends:
        return tr("Archived until it happens far more often than it did")
    return tr("Archived until {what}").format(what=tr(" or ").join(ends))


def _ends(details: JsonObject) -> "list[str]":
    found: list[str] = []
    if details.get("ignoreUntil"):
        try:
            found.append(relative_time.exact(from_iso(details["ignoreUntil"])))
        except (ValueError, TypeError):
            found.append(str(details["ignoreUntil"]))
    if details.get("ignoreCount"):
        n = int(details["ignoreCount"])
        text = tr("it happened %n time(s) more", "", n).replace(str(n), units.count(n))
        found.append(text + _within(details.get("ignoreWindow")))
    if details.get("ignoreUserCount"):
        n = int(details["ignoreUserCount"])
        text = tr("it befell %n user(s) more", "", n).replace(str(n), units.count(n))
        found.append(text + _within(details.get("ignoreUserWindow")))
    if details.get("untilNextRun"):
        found.append(tr("the next run"))
    if details.get("untilNextRelease"):
        found.append(tr("the next release"))
    return found


def _within(minutes: object) -> str:
    if not isinstance(minutes, int) or minutes <= 0:
        return ""
    if minutes % _MINUTES_A_DAY == 0:
        return " " + tr("within %n day(s)", "", minutes // _MINUTES_A_DAY)
    if minutes % 60 == 0:
        return " " + tr("within %n hour(s)", "", minutes // 60)
    return " " + tr("within %n minute(s)", "", minutes)
