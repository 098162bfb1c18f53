"""sentry-cli as it sends events from shells and build machines: what it says it sent is found again."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.support.node import sentry_cli
from tests.support.station import StationProcess, running_station, wait_until
from vedette.domain.workspace import Workspace

ENVELOPE_EVENT = "0f" * 16
NOTE = "wärmer\n".encode()


def cli(station: StationProcess, *arguments: str, cwd: Path, **more: str) -> str:
    """Run sentry-cli with the station's DSN and *more* in its environment; returns what it printed."""
    done = subprocess.run(
        [*sentry_cli(), *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env={**os.environ, "SENTRY_DSN": station.dsn, "SENTRY_DISABLE_UPDATE_CHECK": "1", **more},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def event(station: StationProcess, event_id: str) -> Any:
    station.wait_digested()
    return station.api(f"projects/desk/desk/events/{event_id}/")


def tags(event: Any) -> dict[str, str]:
    return {tag["key"]: tag["value"] for tag in event["tags"]}


def entry(event: Any, kind: str) -> Any:
    return next(one["data"] for one in event["entries"] if one["type"] == kind)


def test_an_event_sent_from_a_shell_is_an_issue_with_all_it_was_given(
    workspace: Workspace, tmp_path: Path
) -> None:
    log = tmp_path / "backup.log"
    log.write_text("2026-11-23 10:00:00 INFO begun\n2026-11-23 10:00:01 ERROR disk full\n", encoding="utf-8")
    given = ("-m", "Backup of %s failed", "-a", "till", "-l", "fatal", "-r", "till@4", "-E", "qa")
    more = ("-t", "host:north", "-e", "free:0", "-u", "email:ada@shop.example", "-f", "backup")
    with running_station(workspace) as station:
        wait_until(workspace.station.exists, "the API is loaded")
        said = cli(station, "send-event", *given, *more, "--logfile", str(log), cwd=tmp_path)
        station.wait_digested()
        (issue,) = station.api("organizations/desk/issues/")
        assert (issue["title"], issue["level"]) == ("Backup of till failed", "fatal")
        shown = station.api(f"organizations/desk/issues/{issue['id']}/events/latest/")
        assert shown["eventID"] in said.replace("-", "")
        assert {"host": "north", "release": "till@4", "environment": "qa"}.items() <= tags(shown).items()
        assert shown["user"]["email"] == "ada@shop.example"
        assert shown["context"]["free"] == "0"
        crumbs = [crumb["message"] for crumb in entry(shown, "breadcrumbs")["values"]]
        assert [text for text in crumbs if "disk full" in text]
        (request,) = station.api("requests/")
        assert request["client"].startswith("sentry-cli/")


def test_a_file_with_an_event_and_a_file_with_an_envelope_are_taken_as_they_are(
    workspace: Workspace, tmp_path: Path
) -> None:
    stored = tmp_path / "gespeichert.json"
    stored.write_bytes(
        orjson.dumps({"event_id": "ab" * 16, "message": "kept for later", "platform": "other"})
    )
    whole = tmp_path / "gespeichert.envelope"
    header = orjson.dumps({"event_id": ENVELOPE_EVENT})
    items = (
        (b'{"type":"event"}', b'{"message":"from a file","level":"warning","tags":{"colour":"red"}}'),
        (orjson.dumps({"type": "attachment", "filename": "note.txt", "length": len(NOTE)}), NOTE),
    )
    whole.write_bytes(b"\n".join([header, *(line for item in items for line in item)]))
    with running_station(workspace) as station:
        wait_until(workspace.station.exists, "the API is loaded")
        cli(station, "send-event", str(stored), cwd=tmp_path)
        cli(station, "send-envelope", str(whole), cwd=tmp_path)
        assert event(station, "ab" * 16)["title"] == "kept for later"
        shown = event(station, ENVELOPE_EVENT)
        assert (shown["title"], tags(shown)["level"], tags(shown)["colour"]) == (
            "from a file",
            "warning",
            "red",
        )
        path = f"projects/desk/desk/events/{ENVELOPE_EVENT}/attachments/"
        (row,) = station.api(path)
        assert (row["name"], row["size"]) == ("note.txt", len(NOTE))
        bearer = {"Authorization": f"Bearer {station.token}"}
        assert station.request("GET", f"/api/0/{path}{row['id']}/?download=1", **bearer)[2] == NOTE
        assert [one for one in station.api("requests/") if one["outcome"] != "stored"] == []


def admin(station: StationProcess) -> dict[str, str]:
    """Return the environment in which sentry-cli speaks to the station's API."""
    return {
        "SENTRY_URL": station.dsn.rpartition("/")[0].replace(
            station.dsn.split("//")[1].split("@")[0] + "@", ""
        ),
        "SENTRY_AUTH_TOKEN": station.token,
        "SENTRY_ORG": "desk",
        "SENTRY_PROJECT": "desk",
    }


def git(folder: Path, *arguments: str) -> str:
    """Run git in *folder* as somebody of its own; returns what it printed."""
    who = {
        f"GIT_{role}_{part}": value
        for role in ("AUTHOR", "COMMITTER")
        for part, value in (("NAME", "Ada"), ("EMAIL", "ada@shop.example"))
    }
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=60,
        check=True, env={**os.environ, **who, **alone},
    )  # fmt: skip
    return done.stdout.strip()


@pytest.mark.skipif(shutil.which("git") is None, reason="this machine has no git")
def test_a_release_is_made_given_commits_deployed_and_finished(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "till"
    folder.mkdir()
    git(folder, "init", "-q")
    for n in range(3):
        (folder / "till.py").write_text(f"price = {n}\n", encoding="utf-8")
        git(folder, "add", "till.py")
        git(folder, "commit", "-q", "-m", f"Price is {n}")
    head = git(folder, "rev-parse", "HEAD")
    with running_station(workspace) as station:
        wait_until(workspace.station.exists, "the API is loaded")
        env = admin(station)
        cli(station, "releases", "new", "till@4.0", "--url", "https://ci.example/4", cwd=folder, **env)
        cli(station, "releases", "set-commits", "till@4.0", "--local", cwd=folder, **env)
        cli(
            station,
            "deploys",
            "new",
            "-r",
            "till@4.0",
            "-e",
            "prod",
            "-n",
            "night",
            "-t",
            "60",
            cwd=folder,
            **env,
        )
        cli(station, "releases", "finalize", "till@4.0", cwd=folder, **env)
        release = station.api("organizations/desk/releases/till@4.0/")
        assert (release["url"], release["commitCount"], release["deployCount"]) == (
            "https://ci.example/4",
            3,
            1,
        )
        assert release["lastCommit"]["id"] == head
        assert release["authors"] == [{"name": "Ada", "email": "ada@shop.example"}]
        assert release["lastDeploy"]["environment"] == "prod"
        assert release["dateReleased"] is not None
        commits = station.api("organizations/desk/releases/till@4.0/commits/")
        assert [commit["message"].strip() for commit in commits] == ["Price is 2", "Price is 1", "Price is 0"]
        assert "till@4.0" in cli(station, "releases", "list", cwd=folder, **env)
        assert "till@4.0" in cli(station, "releases", "info", "till@4.0", cwd=folder, **env)
        assert "prod" in cli(station, "deploys", "list", "-r", "till@4.0", cwd=folder, **env)
        # A second one goes on from the commits of the first.
        (folder / "till.py").write_text("price = 9\n", encoding="utf-8")
        git(folder, "commit", "-q", "-a", "-m", "Price is 9")
        cli(station, "releases", "new", "till@5.0", "--finalize", cwd=folder, **env)
        cli(station, "releases", "set-commits", "till@5.0", "--local", cwd=folder, **env)
        (commit,) = station.api("organizations/desk/releases/till@5.0/commits/")
        assert commit["message"].strip() == "Price is 9"
        cli(station, "releases", "archive", "till@4.0", cwd=folder, **env)
        assert station.api("organizations/desk/releases/till@4.0/")["status"] == "archived"
        cli(station, "releases", "delete", "till@4.0", cwd=folder, **env)
        assert [row["version"] for row in station.api("organizations/desk/releases/")] == ["till@5.0"]


def test_issues_events_projects_and_monitors_are_listed(workspace: Workspace, tmp_path: Path) -> None:
    with running_station(workspace) as station:
        wait_until(workspace.station.exists, "the API is loaded")
        env = admin(station)
        cli(station, "send-event", "-m", "Backup failed", cwd=tmp_path)
        station.wait_digested()
        assert "Backup failed" in cli(station, "issues", "list", cwd=tmp_path, **env)
        assert "Backup failed" in cli(station, "events", "list", "-T", cwd=tmp_path, **env)
        assert "desk" in cli(station, "projects", "list", cwd=tmp_path, **env)
        assert "desk" in cli(station, "organizations", "list", cwd=tmp_path, **env)
        cli(station, "repos", "list", cwd=tmp_path, **env)
        cli(station, "monitors", "list", cwd=tmp_path, **env)
        cli(station, "issues", "resolve", "-s", "unresolved", cwd=tmp_path, **env)
        assert station.api("organizations/desk/issues/?query=is:unresolved") == []
        cli(station, "info", cwd=tmp_path, **env)
