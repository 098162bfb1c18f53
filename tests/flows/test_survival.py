"""Promise 1: what was acknowledged is there once, whatever is killed and whenever."""

import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from uuid import uuid4

import psutil
import pytest

from tests.support.builders import an_envelope, an_error
from tests.support.station import APP, StationProcess, wait_until
from vedette.domain.workspace import Workspace
from vedette.store.engine import Reader


class Sender(threading.Thread):
    """Posts errors one after another and remembers which were acknowledged."""

    def __init__(self, station: StationProcess) -> None:
        super().__init__(name="sender", daemon=True)
        self.station = station
        self.acknowledged: list[str] = []
        self.done = False

    def run(self) -> None:
        while not self.done:
            event_id = uuid4().hex
            body = an_envelope(
                ("event", an_error(f"currency {len(self.acknowledged) % 5}")), event_id=event_id
            )
            with suppress(OSError, ValueError):
                if self.station.post(body) == 200:
                    self.acknowledged.append(event_id)


def stored(workspace: Workspace) -> list[str]:
    reader = Reader(workspace.database)
    try:
        return [row[0] for row in reader.raw.execute("SELECT lower(hex(eid)) FROM event")]
    finally:
        reader.close()


def acknowledged_more_than(senders: list[Sender], count: int) -> bool:
    return sum(len(sender.acknowledged) for sender in senders) > count


def is_joined(pid: int, port: int) -> bool:
    """Whether process *pid* holds a connection to the station on *port*."""
    connections = psutil.Process(pid).net_connections(kind="tcp")
    return any(connection.raddr and connection.raddr.port == port for connection in connections)


def kill_all(station: StationProcess) -> None:
    station.kill()


def kill_station(station: StationProcess) -> None:
    """Only the station: digest finds its input closed, finishes and goes."""
    orphans = station.children()
    station.process.kill()
    station._finish()
    psutil.wait_procs(orphans, timeout=30)


@pytest.mark.parametrize("kill", [kill_all, kill_station])
def test_every_acknowledged_event_is_there_once_after_kills_under_load(
    workspace: Workspace, kill: Callable[[StationProcess], None]
) -> None:
    chance = random.Random(5)
    acknowledged: list[str] = []
    for _ in range(4):
        station = StationProcess(workspace)
        senders = [Sender(station) for _ in range(3)]
        for sender in senders:
            sender.start()
        wait_until(partial(acknowledged_more_than, senders, 20), "some are acknowledged")
        time.sleep(chance.random() * 0.3)
        kill(station)
        for sender in senders:
            sender.done = True
        for sender in senders:
            sender.join(30)
            acknowledged.extend(sender.acknowledged)
    station = StationProcess(workspace)
    station.wait_digested()
    assert station.stop() == 0
    there = stored(workspace)
    assert len(there) == len(set(there))
    assert set(acknowledged) <= set(there)
    assert len(acknowledged) > 80


def test_digest_killed_under_load_is_started_again_and_loses_nothing(workspace: Workspace) -> None:
    station = StationProcess(workspace)
    sender = Sender(station)
    sender.start()
    for _ in range(3):
        count = len(sender.acknowledged)
        wait_until(lambda count=count: len(sender.acknowledged) > count + 20, "more are acknowledged")
        psutil.Process(station.digest_pid()).kill()
    count = len(sender.acknowledged)
    wait_until(lambda: len(sender.acknowledged) > count + 20, "the station still takes events")
    sender.done = True
    sender.join(30)
    station.wait_digested()
    assert station.stop() == 0
    there = stored(workspace)
    assert len(there) == len(set(there))
    assert set(sender.acknowledged) <= set(there)


def test_a_window_killed_under_load_takes_nothing_with_it(workspace: Workspace) -> None:
    station = StationProcess(workspace)
    sender = Sender(station)
    sender.start()
    for _ in range(2):
        window = subprocess.Popen(
            [sys.executable, "-m", "vedette", "--data", str(workspace.folder)],
            env={**os.environ, "PYTHONPATH": str(APP), "QT_QPA_PLATFORM": "offscreen"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until(partial(is_joined, window.pid, station.port), "the window follows the station")
        count = len(sender.acknowledged)
        wait_until(partial(acknowledged_more_than, [sender], count + 60), "more are acknowledged")
        assert window.poll() is None
        window.kill()
        window.wait(30)
    count = len(sender.acknowledged)
    wait_until(partial(acknowledged_more_than, [sender], count + 20), "the station still takes events")
    sender.done = True
    sender.join(30)
    station.wait_digested()
    assert station.stop() == 0
    there = stored(workspace)
    assert len(there) == len(set(there))
    assert set(sender.acknowledged) <= set(there)
