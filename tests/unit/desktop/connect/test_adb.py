"""adb is found where it usually lies, asked in bounded time, and never started just for looking."""

import stat
import sys
from pathlib import Path

import pytest

from vedette.desktop.connect import adb
from vedette.desktop.connect.adb import Device, find_adb, look, read_devices, reverse

LISTED = """List of devices attached
8A2X0LZ1B              device usb:1-4 product:shiba model:Pixel_8 device:shiba transport_id:1
emulator-5554          offline transport_id:3
R58M                   unauthorized usb:1-3

"""


@pytest.fixture
def fake(tmp_path: Path) -> Path:
    """An adb that says what the real one does, and notes what it was asked."""
    if sys.platform == "win32":
        pytest.skip("the stand-in is a shell script")
    path = tmp_path / "adb"
    path.write_text(
        f"#!/bin/sh\necho \"$@\" >> '{tmp_path}/asked'\n"
        'case "$*" in\n'
        f"*devices*) cat <<'END'\n{LISTED}END\n;;\n"
        "*-s\\ R58M*) echo 'adb: error: device unauthorized.' >&2; exit 1;;\n"
        "esac\n"
    )
    path.chmod(path.stat().st_mode | stat.S_IEXEC)
    return path


def test_devices_are_read_with_their_models_and_states() -> None:
    found = read_devices(LISTED)
    assert found[0] == Device("8A2X0LZ1B", "device", "Pixel_8")
    assert [(one.title, one.is_ready) for one in found] == [
        ("Pixel 8", True),
        ("emulator-5554", False),
        ("R58M", False),
    ]
    assert read_devices("* daemon not running; starting now\n") == ()


def test_it_is_found_on_the_path_and_in_the_sdk(tmp_path: Path, fake: Path) -> None:
    assert find_adb({"PATH": str(fake.parent)}, tmp_path) == str(fake)
    home = tmp_path / "home"
    inside = home / "Android/Sdk/platform-tools"
    inside.mkdir(parents=True)
    assert find_adb({"PATH": ""}, home) == ""
    (inside / "adb").write_text("")
    assert find_adb({"PATH": ""}, home) == str(inside / "adb")
    assert find_adb({"PATH": "", "ANDROID_HOME": str(home / "Android/Sdk")}, tmp_path) == str(inside / "adb")


def test_looking_does_not_start_its_server(fake: Path) -> None:
    found = look(start_server=False, path=str(fake), port=1)
    assert (found.path, found.devices, found.is_asked) == (str(fake), (), False)
    assert not (fake.parent / "asked").exists()
    assert look(start_server=True, path=str(fake), port=1).devices == read_devices(LISTED)
    assert look(start_server=True, path="", port=1).path == ""


def test_the_port_is_reversed_for_one_device_or_said_why_not(fake: Path) -> None:
    assert reverse(str(fake), "8A2X0LZ1B", 8970) == ""
    assert (fake.parent / "asked").read_text() == "-s 8A2X0LZ1B reverse tcp:8970 tcp:8970\n"
    assert reverse(str(fake), "R58M", 8970) == "adb: error: device unauthorized."
    assert reverse(str(fake.parent / "none"), "R58M", 8970)


def test_one_that_hangs_is_given_up(fake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake.write_text("#!/bin/sh\nexec sleep 30\n")
    monkeypatch.setattr(adb, "SECONDS", 0.1)
    assert look(start_server=True, path=str(fake)).problem == "adb did not answer within 0.1 s."
