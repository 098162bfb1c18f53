"""Resolve, archive until, regress, escalate: a real SDK, digest's whole path, and a clock held by us.

What the SDK would post is put into the spool as the station puts it, with the arrival we say and, by the
SDK's own hook, the same time in the event. One test goes by real processes over HTTP.
"""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sentry_sdk
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport
from sentry_sdk.utils import event_from_exception

from tests.support.builders import a_spool_entry
from tests.support.station import StationProcess, running_station
from vedette.digest.channel import Channel
from vedette.digest.process import Digest
from vedette.domain.json import JsonObject
from vedette.domain.times import DAY, HOUR, MINUTE, SECOND, Micros, from_iso, to_iso
from vedette.domain.workspace import Workspace
from vedette.store.engine import Reader
from vedette.store.queries.issue_details import issue_activities
from vedette.store.queries.issues import IssueRow, get_issue
from vedette.store.spool import Spool, SpoolEntry


class _Posted(Transport):
    """Keeps what the SDK posts."""

    def __init__(self, options: dict[str, Any]) -> None:
        super().__init__(options)
        self.bodies: list[bytes] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        self.bodies.append(envelope.serialize())


class _Calls(Channel):
    """A station that makes its calls and goes."""

    def __init__(self, *calls: JsonObject) -> None:
        self.calls = list(calls)
        self.limits: JsonObject = {}
        self.said: list[JsonObject] = []
        self.is_closed = False
        self._rounds = 0

    def wait(self, seconds: float) -> list[JsonObject]:
        calls, self.calls = self.calls, []
        self._rounds += 1
        self.is_closed = self._rounds > 4
        return calls

    def say(self, message: JsonObject) -> None:
        self.said.append(message)


def _fail() -> None:
    raise ValueError("drawer stuck")


class Desk:
    """A workspace; each call is to a digest of its own, so that nothing is known but what is stored."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.at = from_iso("2031-03-01T09:00:00Z")

    def wait(self, duration: int) -> None:
        """Let time go by, and the clock do what is due."""
        self.at = Micros(self.at + duration)
        self.digest()

    def crash(self, times: int = 1, *, release: str = "till@1.0", user: str = "ada") -> None:
        """Let a program fail *times* over."""
        client = sentry_sdk.Client(
            dsn="http://" + "a" * 32 + "@127.0.0.1/1",
            release=release,
            transport=_Posted,
            default_integrations=False,
            include_local_variables=False,
            before_send=lambda event, _hint: {**event, "timestamp": to_iso(self.at)},
        )
        for _ in range(times):
            try:
                _fail()
            except ValueError as error:
                event, hint = event_from_exception(error, client_options=client.options)
            scope = sentry_sdk.Scope()
            scope.set_user({"id": user})
            client.capture_event(event, hint, scope)
        posted = client.transport
        assert isinstance(posted, _Posted)
        assert len(posted.bodies) == times
        self._spool([a_spool_entry(body) for body in posted.bodies])
        client.close()
        self.digest()

    def _spool(self, entries: list[SpoolEntry]) -> None:
        spool = Spool(self.workspace.spool)
        spool.append([SpoolEntry(self.at, entry.kind, entry.meta, entry.body) for entry in entries])
        spool.close()

    def digest(self, *calls: JsonObject) -> list[JsonObject]:
        station = _Calls(*calls)
        Digest(self.workspace, station, wall_clock=lambda: self.at).run()
        return [message for message in station.said if "reply" in message]

    def update(self, **args: Any) -> None:
        (reply,) = self.digest({"call": 1, "name": "issue.update", "args": {"ids": [1], **args}})
        assert "result" in reply, reply

    @property
    def issue(self) -> IssueRow:
        reader = Reader(self.workspace.database)
        try:
            found = get_issue(reader.db, 1)
        finally:
            reader.close()
        assert found is not None
        return found

    @property
    def state(self) -> tuple[str, str | None]:
        return self.issue.status.value, self.issue.substatus

    @property
    def history(self) -> list[str]:
        reader = Reader(self.workspace.database)
        try:
            return [entry.kind for entry in reversed(issue_activities(reader.db, 1))]
        finally:
            reader.close()


@pytest.fixture
def desk(workspace: Workspace) -> Desk:
    workspace.folder.mkdir()
    return Desk(workspace)


def test_events_of_a_program_come_at_the_time_we_say(desk: Desk) -> None:
    desk.crash()
    assert desk.state == ("unresolved", "new")
    assert abs(desk.issue.first - desk.at) < 5 * SECOND
    assert desk.issue.first_release == "till@1.0"


def test_resolved_in_the_next_release_an_older_program_may_fail_and_a_newer_one_regresses(desk: Desk) -> None:
    desk.crash()
    desk.update(status="resolved", status_details={"inNextRelease": True})
    desk.wait(DAY)
    desk.crash(release="till@1.0")
    desk.crash(release="till@0.9")
    assert desk.state == ("resolved", None)
    desk.crash(release="till@1.1")
    assert desk.state == ("unresolved", "regressed")
    assert desk.issue.regressed_release == "till@1.1"
    desk.wait(7 * DAY)
    assert desk.state == ("unresolved", "ongoing")
    assert desk.history == [
        "first_seen",
        "set_resolved_in_release",
        "set_regression",
        "auto_set_ongoing",
    ]


def test_archived_until_a_date_it_comes_back_by_itself(desk: Desk) -> None:
    desk.crash()
    desk.update(status="ignored", status_details={"ignoreUntil": to_iso(desk.at + 2 * DAY)})
    desk.wait(DAY)
    desk.crash(5)
    assert desk.state == ("ignored", "archived_until_condition_met")
    desk.wait(DAY)
    assert desk.state == ("unresolved", "ongoing")


def test_archived_until_users_are_hit_within_an_hour(desk: Desk) -> None:
    desk.crash()
    details = {"ignoreUserCount": 3, "ignoreUserWindow": 60}
    desk.update(status="ignored", status_details=details)
    for user in ("bob", "cid", "dan"):
        desk.wait(40 * MINUTE)
        desk.crash(3, user=user)
    assert desk.issue.status.value == "ignored", "bob was 80 minutes ago"
    desk.crash(user="eve")
    assert desk.state == ("unresolved", "ongoing")


def test_archived_until_it_escalates_the_usual_does_not_and_far_more_does(desk: Desk) -> None:
    for _ in range(3):
        desk.crash(6)
        desk.wait(HOUR)
    desk.update(status="ignored")
    assert desk.state == ("ignored", "archived_until_escalating")
    desk.crash(30)  # five times the average of six
    assert desk.state == ("ignored", "archived_until_escalating")
    desk.wait(HOUR)
    desk.crash(8)
    assert desk.issue.status.value == "ignored", "that busy hour is usual now"
    desk.crash(61)
    assert desk.state == ("unresolved", "escalating")
    assert desk.history[-1] == "set_escalating"


PROGRAM = """
import sys
import sentry_sdk

sentry_sdk.init(sys.argv[1], release=sys.argv[2])
try:
    raise ValueError("drawer stuck")
except ValueError:
    sentry_sdk.capture_exception()
sentry_sdk.flush()
"""


def test_over_http_a_fix_is_said_to_be_in_a_release_and_that_release_fails(
    workspace: Workspace, tmp_path: Path
) -> None:
    program = tmp_path / "till.py"
    program.write_text(PROGRAM, encoding="utf-8")

    def run(station: StationProcess, release: str) -> dict[str, Any]:
        dsn = f"http://{station.key}@127.0.0.1:{station.port}/1"
        subprocess.run([sys.executable, str(program), dsn, release], check=True, timeout=60)
        station.wait_digested()
        issue: dict[str, Any] = station.api("issues/1/")
        return issue

    with running_station(workspace) as station:
        assert run(station, "till@1.0")["substatus"] == "new"
        station.api("issues/1/", "PUT", {"status": "resolved", "statusDetails": {"inRelease": "till@1.1"}})
        issue = run(station, "till@1.0")
        assert (issue["status"], issue["statusDetails"], issue["count"]) == (
            "resolved",
            {"inRelease": "till@1.1"},
            "2",
        )
        issue = run(station, "till@1.2")
        assert (issue["status"], issue["substatus"]) == ("unresolved", "regressed")
        assert issue["activity"][0]["data"]["version"] == "till@1.2"
