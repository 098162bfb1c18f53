"""An issue's life by hand: events with a release, a run, a user and a time, commands, and the clock."""

from pathlib import Path
from typing import Any

import orjson

from tests.support.builders import MORNING, a_request, an_event
from vedette.domain.times import Micros
from vedette.domain.workspace import Workspace
from vedette.store.writer.commands import run_command
from vedette.store.writer.writer import StoreWriter


class IssueLife:
    """A workspace whose clock is ``at``, microseconds; events come at that moment unless told otherwise."""

    def __init__(self, folder: Path) -> None:
        self.at = int(MORNING)
        self.workspace = Workspace(folder)
        self._last = 0
        self._open()

    def _open(self) -> None:
        self.writer = StoreWriter(self.workspace, clock=lambda: Micros(self.at))
        with self.writer.batch():
            self.writer.projects.ensure_first()

    def restart(self) -> None:
        """Close and open the workspace: nothing remembered helps any more."""
        self.writer.close()
        self._open()

    def wait(self, duration: int) -> None:
        """Let *duration*, microseconds, go by; the clock does not tick by itself."""
        self.at += duration

    def tick(self) -> None:
        """Let the clock do what is due."""
        self.writer.pass_time(Micros(self.at))

    def happen(self, title: str = "A: a", *, times: int = 1, apart: bool = False, **changes: Any) -> int:
        """Let an event come *times* over, in one batch or each in a batch of its own; returns its issue."""
        portions = [1] * times if apart else [times]
        for portion in portions:
            with self.writer.batch():
                for _ in range(portion):
                    self._last += 1
                    moment = Micros(changes.get("timestamp", self.at))
                    values = {"timestamp": moment, "received": Micros(self.at), **changes}
                    request = a_request(self._last, an_event(title, **values), received=Micros(self.at))
                    self.writer.add(request)
        row = self.writer.raw.execute("SELECT issue FROM event ORDER BY id DESC LIMIT 1").fetchone()
        assert row is not None
        return int(row[0])

    def do(self, command: str, /, **args: Any) -> Any:
        """Run *command*; its answer went through JSON, as it does on its way to the window."""
        answer, _ = run_command(self.writer, command, args)
        return orjson.loads(orjson.dumps(answer))

    def update(self, *ids: int, **args: Any) -> dict[str, dict[str, Any]]:
        """Change issues, number 1 if none is named; returns what was before, in the form that undoes it."""
        answer = self.do("issue.update", ids=list(ids or (1,)), **args)
        found: dict[str, dict[str, Any]] = answer["before"]
        return found

    def resolve(self, **details: Any) -> dict[str, Any]:
        return self.update(status="resolved", status_details=details)["1"]

    def archive(self, substatus: str | None = None, **details: Any) -> dict[str, Any]:
        return self.update(status="ignored", status_details=details, substatus=substatus)["1"]

    def start_run(self) -> None:
        self.do("run.start")

    def value(self, column: str, issue: int = 1) -> Any:
        """Return a column of an issue's row."""
        row = self.writer.raw.execute(f"SELECT {column} FROM issue WHERE id = ?", (issue,)).fetchone()
        assert row is not None, f"issue {issue} is gone"
        return row[0]

    @property
    def state(self) -> tuple[str, str | None]:
        """Issue 1's status and substatus."""
        words = {0: "unresolved", 1: "resolved", 2: "ignored", 3: "deleted"}
        return words[self.value("status")], self.value("substatus")

    @property
    def is_open(self) -> bool:
        return self.state[0] == "unresolved"

    def history(self, issue: int = 1) -> list[tuple[str, dict[str, Any]]]:
        """Return the activities of an issue, oldest first, without the ids of events."""
        rows = self.writer.raw.execute(
            "SELECT kind, data FROM activity WHERE issue = ? ORDER BY id", (issue,)
        )
        found = [(kind, orjson.loads(data)) for kind, data in rows]
        return [(kind, {k: v for k, v in data.items() if k != "event_id"}) for kind, data in found]

    def count(self, table: str, where: str = "1") -> int:
        row = self.writer.raw.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()
        assert row is not None
        return int(row[0])

    def close(self) -> None:
        self.writer.close()
