"""Recorded requests of real clients against a running station: all their programs did is found again."""

from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from tests.support.corpus import CHOSEN, WHOLE, manifest, scenarios
from tests.support.corpus_replay import replay, result
from tests.support.corpus_stored import Sums, stored
from tests.support.corpus_truth import differences, sum_differences
from tests.support.station import StationProcess, running_station, wait_until
from vedette.domain.workspace import Workspace

RESULTS = {each["scenario"]: each for each in orjson.loads((CHOSEN / "results.json").read_bytes())}
"""What became of each scenario, as the table of clients says."""


def rows() -> Iterator[object]:
    """Yield every scenario there is; those tests do not always have are marked."""
    for name, folder in scenarios().items():
        marks = () if folder.parent == CHOSEN else (pytest.mark.corpus,)
        yield pytest.param(folder, id=name, marks=marks)


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StationProcess]:
    with running_station(Workspace(tmp_path_factory.mktemp("Korpus ä"))) as running:
        wait_until(running.workspace.station.exists, "the API is loaded")
        yield running


@pytest.mark.parametrize("scenario", list(rows()))
def test_what_a_recorded_program_did_is_found_again(station: StationProcess, scenario: Path) -> None:
    problems = replay(station, scenario)
    assert problems == []
    assert RESULTS[scenario.name] == result(scenario, problems), "run `make client-table`"


@pytest.mark.corpus
@pytest.mark.skipif(not WHOLE.is_dir(), reason="the whole corpus does not lie beside the project")
def test_the_table_of_clients_is_made_of_every_scenario() -> None:
    assert set(RESULTS) == set(scenarios())


# Told in other words: notes, and addresses, which are judged by their answers.
NOT_JUDGED = ("note", "endpoints")


def test_of_everything_a_program_did_it_is_told_when_it_is_missing(station: StationProcess) -> None:
    station.wait_digested()
    nothing = stored(station.workspace, 1 << 60) | {"issues": [], "monitors": []}
    grown = Sums(station.workspace).grown()
    unmissed = []
    for name, folder in scenarios().items():
        for key, truth in manifest(folder)["expected"].items():
            told = {"expected": {key: truth}, "on_wire": {"endpoints": {}}}
            nil = key == "counts" and not any(truth.values())
            waits = key == "viewer" and "source_mapped_crash" in truth
            missed = [*differences(told, nothing), *sum_differences(told, grown)]
            if key not in NOT_JUDGED and not missed and not nil and not waits:
                unmissed.append(f"{name}: {key}")
    assert unmissed == []
