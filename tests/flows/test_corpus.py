"""Recorded requests of real clients against a running station: all their programs did is in the store."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.corpus import CHOSEN, WHOLE, differences, requests, send, stored
from tests.support.station import StationProcess, running_station
from vedette.domain.workspace import Workspace
from vedette.store.spool import Spool

SCENARIOS = sorted(folder.name for folder in CHOSEN.iterdir() if folder.is_dir())


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StationProcess]:
    with running_station(Workspace(tmp_path_factory.mktemp("Korpus ä"))) as running:
        yield running


def replay(station: StationProcess, scenario: Path) -> list[str]:
    """Send a scenario; returns what of its manifest is then not in the store, and every answer above 499."""
    spool = Spool(station.workspace.spool)
    before = spool.last_id()
    spool.close()
    answers = [(request.target, send(station.port, request)) for request in requests(scenario)]
    station.wait_digested()
    failures = [f"{target} answered {status}" for target, status in answers if status >= 500]
    expected = json.loads((scenario / "MANIFEST.json").read_text(encoding="utf-8"))["expected"]
    return failures + differences(expected, stored(station.workspace, before))


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_what_a_recorded_program_did_is_in_the_store(station: StationProcess, scenario: str) -> None:
    assert replay(station, CHOSEN / scenario) == []


@pytest.mark.corpus
@pytest.mark.skipif(not WHOLE.is_dir(), reason="the whole corpus does not lie beside the project")
@pytest.mark.timeout(600)
def test_the_whole_corpus_replays_without_a_server_error_and_is_all_stored(workspace: Workspace) -> None:
    # Kinds of endpoints that a later version takes: their events are not expected yet.
    later = ("otlp-",)
    problems = {}
    with running_station(workspace) as station:
        for scenario in sorted(WHOLE.iterdir()):
            if not (scenario / "MANIFEST.json").exists():
                continue
            missing = replay(station, scenario)
            if scenario.name.startswith(later):
                missing = [line for line in missing if " answered " in line]
            if missing:
                problems[scenario.name] = missing
    assert problems == {}
