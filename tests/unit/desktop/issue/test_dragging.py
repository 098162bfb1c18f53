"""Bytes on their way out of the window."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.desktop.issue.dragging import Outbox, safe_name, write_bytes, written


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("screenshot.png", "screenshot.png"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ada\\dump.dmp", "dump.dmp"),
        ("a<b>:c?.txt", "a_b__c_.txt"),
        ("CON.txt", "file_CON.txt"),
        ("...", "file"),
        ("", "file"),
        ("Ausdruck ü.bin", "Ausdruck ü.bin"),
        ("trailing. ", "trailing"),
    ],
)
def test_names_from_outside_lead_nowhere_else_and_suit_every_system(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=300))
def test_any_name_is_a_single_component(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert len(safe) <= 126
    assert not set(safe) & set('<>:"/\\|?*\0')
    assert safe not in (".", "..")


def test_an_outbox_gives_each_file_a_place_of_its_own_and_leaves_nothing() -> None:
    box = Outbox()
    first, second = box.target("a.txt"), box.target("a.txt")
    assert first != second
    assert write_bytes([b"x"], first) == first
    folder = first.parents[1]
    box.close()
    box.close()
    assert not folder.exists()


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    sentence = written([b"abc"], tmp_path / "no folder" / "x.bin")
    assert sentence.startswith("x.bin could not be written: ")
    assert written([b"ab", b"c"], tmp_path / "x.bin").startswith("3 B written to ")
