"""Whatever is merged, unmerged, split, moved and undone in whatever order: every event is where a slow model
in plain Python says, and everything that is counted equals a recount.
"""

import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.support.regrouping import RegroupingDesk, check_sound
from vedette.store.writer.command_error import CommandError

GROUPS = ("A", "B", "C", "D")
COLOURS = ("red", "blue", "grey")


@dataclass
class Known:
    """An event as the model knows it."""

    eid: str
    group: str
    colour: str
    title: str


@dataclass
class Model:
    """What was decided, in the order it was; where an event belongs is found anew each time."""

    events: list[Known] = field(default_factory=list)
    homes: dict[str, int] = field(default_factory=dict)  # group: issue its hash leads to
    merged: dict[int, int] = field(default_factory=dict)
    splits: dict[int, tuple[int, str, int]] = field(default_factory=dict)  # number: source, colour, target
    pins: dict[str, tuple[int, int]] = field(default_factory=dict)  # event: issue, number
    undo: dict[int, Any] = field(default_factory=dict)

    def place(self, event: Known) -> int:
        issue, after = self.pins.get(event.eid, (self.homes[event.group], 0))
        used: set[int] = set()
        while True:
            for number in sorted(self.splits):
                source, colour, target = self.splits[number]
                if source == issue and colour == event.colour and number > after and number not in used:
                    used.add(number)
                    issue = target
                    break
            else:
                if issue not in self.merged:
                    return issue
                issue = self.merged[issue]

    def leading_to(self, issue: int) -> set[int]:
        def end(number: int) -> int:
            while number in self.merged:
                number = self.merged[number]
            return number

        return {number for number in {*self.merged, issue} if end(number) == issue}


class Play:
    """Does what is drawn, with the desk and the model; what cannot be done just then is left out."""

    def __init__(self, folder: Path) -> None:
        self.desk = RegroupingDesk(folder)
        self.model = Model()
        self.at = 0

    def event(self, group: int, colour: int, user: int, at: int) -> None:
        self.at += 1
        name, tint = GROUPS[group % len(GROUPS)], COLOURS[colour % len(COLOURS)]
        when = at * 50 + self.at
        changes: dict[str, Any] = {"tags": {"colour": tint, "host": f"h{user}"}}
        if user:
            changes["user"] = {"id": str(user)}
        if user % 2:
            changes["release"] = f"shop@{user}"
        eid = self.desk.error(name, at=when, **changes)
        known = Known(eid, name, tint, f"{name}: it broke at {when}")
        self.model.events.append(known)
        self.model.homes.setdefault(name, self.desk.issue_of(eid))

    def merge(self, a: int, b: int) -> None:
        issues = self.desk.issues()
        if len(issues) < 2:
            return
        first, second = issues[a % len(issues)], issues[b % len(issues)]
        if first == second:
            return
        answer = self.desk.run("issue.merge", ids=[first, second])
        (child,) = answer["issues"]
        self.model.merged[child] = answer["issue"]
        self.model.undo[answer["regrouping"]] = lambda: self.model.merged.pop(child)

    def unmerge(self, a: int, b: int) -> None:
        issues = self.desk.issues()
        if not issues:
            return
        issue = issues[a % len(issues)]
        leading = self.model.leading_to(issue)
        there = {event.group for event in self.model.events if self.model.place(event) == issue}
        groups = sorted(group for group in there if self.model.homes[group] in leading)
        if len(there) < 2 or not groups:
            return
        group = groups[b % len(groups)]
        eid = next(event.eid for event in self.model.events if event.group == group)
        digest = self.desk.rows("SELECT hash FROM event WHERE eid = ?", bytes.fromhex(eid))[0][0].hex()
        before = self.model.homes[group]
        answer = self.desk.run("issue.unmerge", id=issue, hashes=[digest])
        self.model.homes[group] = answer["target"]

        def undo() -> None:
            if self.model.homes[group] == answer["target"]:
                self.model.homes[group] = before

        self.model.undo[answer["regrouping"]] = undo

    def split(self, a: int, colour: int, b: int) -> None:
        issues = self.desk.issues()
        if not issues:
            return
        source, tint = issues[a % len(issues)], COLOURS[colour % len(COLOURS)]
        target = None if b % 3 else issues[b % len(issues)]
        if target == source:
            target = None
        answer = self.desk.run("issue.split", id=source, matchers=f"tags.colour:{tint}", target=target)
        number = answer["regrouping"]
        self.model.splits[number] = (source, tint, answer["target"])
        self.model.undo[number] = lambda: self.model.splits.pop(number)

    def move(self, a: int, b: int) -> None:
        if not self.model.events:
            return
        event = self.model.events[a % len(self.model.events)]
        issues = self.desk.issues()
        target = None if b % 3 == 0 else issues[b % len(issues)]
        if target == self.desk.issue_of(event.eid):
            target = None
        answer = self.desk.run("event.move", events=[self.desk.row_of(event.eid)], target=target)
        number, before = answer["regrouping"], self.model.pins.get(event.eid)
        self.model.pins[event.eid] = (answer["target"], number)

        def undo() -> None:
            if self.model.pins.get(event.eid, (0, 0))[1] == number:
                self.model.pins.pop(event.eid)
                if before is not None:
                    self.model.pins[event.eid] = before

        self.model.undo[number] = undo

    def undo(self, a: int) -> None:
        if self.model.undo:
            number = sorted(self.model.undo)[a % len(self.model.undo)]
            self.desk.run("regrouping.undo", id=number)
            self.model.undo.pop(number)()

    def restart(self) -> None:
        self.desk.restart()

    def again(self, a: int) -> None:
        if self.model.events:
            self.desk.run("request.parse_again", id=a % len(self.model.events) + 1)

    def check(self) -> None:
        self.desk.finish()
        failed = self.desk.rows("SELECT data FROM regrouping WHERE state NOT IN ('done', 'undone')")
        assert not failed
        expected = {event.eid: self.model.place(event) for event in self.model.events}
        assert {eid: self.desk.issue_of(eid) for eid in expected} == expected
        check_sound(self.desk, {event.eid: event.title for event in self.model.events})


NUMBER = st.integers(min_value=0, max_value=11)
EVENT = st.tuples(st.just("event"), NUMBER, NUMBER, st.integers(0, 4), st.integers(0, 3))
ACTIONS = st.one_of(
    EVENT,
    EVENT,
    st.tuples(st.just("merge"), NUMBER, NUMBER),
    st.tuples(st.just("unmerge"), NUMBER, NUMBER),
    st.tuples(st.just("split"), NUMBER, NUMBER, NUMBER),
    st.tuples(st.just("move"), NUMBER, NUMBER),
    st.tuples(st.just("undo"), NUMBER),
    st.tuples(st.just("again"), NUMBER),
    st.tuples(st.just("restart")),
)
"""Numbers choose among what there is at that moment."""


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace as it is made, kept to be copied."""
    folder = tmp_path_factory.mktemp("fresh") / "desk"
    RegroupingDesk(folder).close()
    return folder


@settings(
    derandomize=True,
    max_examples=20,  # few and long: half of a short play is opening its workspace
    deadline=None,
    phases=[Phase.generate],  # making a shorter example of a long play takes minutes
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(EVENT, min_size=4, max_size=8), st.lists(ACTIONS, min_size=6, max_size=22))
def test_every_event_is_where_the_decisions_say_and_every_count_is_a_recount(
    fresh: Path, first: list[tuple[Any, ...]], then: list[tuple[Any, ...]]
) -> None:
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setattr("vedette.digest.regrouping._AT_ONCE", 60)
        play = Play(Path(shutil.copytree(fresh, Path(folder) / "desk")))
        try:
            for name, *numbers in [*first, *then]:
                try:
                    getattr(play, name)(*numbers)
                except CommandError as error:
                    assert error.code in ("bad_argument", "too_many"), error  # noqa: PT017 - the only refusals
                play.check()
        finally:
            play.desk.close()
