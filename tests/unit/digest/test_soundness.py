"""The look at the database after a start: found faults are told once, a sound one is not mentioned."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.builders import a_spool_entry, an_envelope, an_error
from tests.unit.digest.test_process import Station
from vedette.digest.process import Digest
from vedette.digest.soundness import QUICK_SECONDS, Soundness
from vedette.domain.workspace import Workspace
from vedette.store.check import CHECK_SECONDS, DatabaseFacts
from vedette.store.spool import Spool


def facts(*faults: str) -> DatabaseFacts:
    return DatabaseFacts(size=1, schema=1, faults=faults, is_complete=True)


def test_a_fault_is_told_once_in_a_sentence(tmp_path: Path) -> None:
    soundness = Soundness(Workspace(tmp_path), check=lambda *_, **__: facts("page 7 is wrong"))
    assert soundness.take_trouble() == ""
    soundness.start()
    soundness.wait(10)
    assert "page 7 is wrong" in soundness.take_trouble()
    assert soundness.take_trouble() == ""


def test_a_file_that_is_no_database_is_told_too(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    workspace.database.write_bytes(b"this is certainly not a database" * 100)
    soundness = Soundness(workspace)
    soundness.start()
    soundness.wait(10)
    assert "damaged" in soundness.take_trouble()


@pytest.mark.parametrize(("left", "seconds"), [(False, QUICK_SECONDS), (True, CHECK_SECONDS)])
def test_after_an_unclean_end_more_time_is_taken(tmp_path: Path, left: bool, seconds: float) -> None:
    workspace = Workspace(tmp_path)
    if left:
        workspace.mark.write_text("{}")
    asked: list[Any] = []

    def check(path: Path, *, seconds: float) -> DatabaseFacts:
        asked.append(seconds)
        return facts()

    soundness = Soundness(workspace, check=check)
    soundness.start()
    soundness.start()
    soundness.wait(10)
    assert asked == [seconds]
    assert soundness.take_trouble() == ""


def test_digest_looks_when_it_has_nothing_else_to_do(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    spool = Spool(workspace.spool)
    spool.append([a_spool_entry(an_envelope(("event", an_error())))])
    spool.close()
    station = Station()
    digest = Digest(workspace, station)
    digest._step()
    digest._rest()
    digest._soundness.wait(10)
    assert digest._soundness.trouble == ""
    digest._soundness.trouble = "it is damaged"
    digest._rest()
    assert {"trouble": "it is damaged"} in station.said
    digest._close()
