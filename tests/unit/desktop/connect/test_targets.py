import pytest

from vedette.desktop.connect.reachable import Reachable
from vedette.desktop.connect.targets import (
    Key,
    Reach,
    Target,
    adb_line,
    main_dsn,
    network_address,
    spotlight_line,
    targets,
)
from vedette.protocol.dsn import parse_dsn

KEY = Key("abc", 7)
BASE = "http://127.0.0.1:8970"
WIRED = Reachable("eth0", "wired", ("192.168.1.20", "2001:db8::2"), is_open=True)
DOCKER = Reachable("docker0", "virtual", ("172.17.0.5",))
CLOSED = Reach(BASE, (Reachable("eth0", "wired", ("192.168.1.20",)), DOCKER), "desk.local")
OPEN = Reach(BASE, (WIRED, DOCKER), "desk.local")


def by_key(found: tuple[Target, ...]) -> dict[str, str]:
    return {target.key: target.value for target in found}


def test_while_the_network_is_off_the_dsn_is_for_this_machine() -> None:
    assert main_dsn(CLOSED, KEY) == "http://abc@127.0.0.1:8970/7"
    assert main_dsn(Reach(""), KEY) == "http://abc@127.0.0.1:8969/7"


def test_once_an_interface_is_open_the_dsn_is_one_that_works_on_every_device() -> None:
    assert main_dsn(OPEN, KEY) == "http://abc@192.168.1.20:8970/7"


def test_a_network_of_containers_alone_is_better_than_none() -> None:
    docker = Reachable("docker0", "virtual", ("172.17.0.5",), is_open=True)
    assert network_address(Reach(BASE, (docker,))) == "172.17.0.5:8970"
    assert network_address(Reach(BASE, (docker, WIRED))) == "192.168.1.20:8970"


def test_emulators_and_containers_have_names_of_their_own_for_this_machine() -> None:
    found = by_key(targets(CLOSED, KEY))
    assert found["local"] == found["ios"] == "http://abc@127.0.0.1:8970/7"
    assert found["android"] == "http://abc@10.0.2.2:8970/7"
    assert found["genymotion"] == "http://abc@10.0.3.2:8970/7"
    assert found["container"] == "http://abc@host.docker.internal:8970/7"
    assert found["bridge"] == "http://abc@172.17.0.5:8970/7"
    assert found["spotlight"] == "SENTRY_SPOTLIGHT=http://127.0.0.1:8970/stream"
    assert adb_line(8970) == "adb reverse tcp:8970 tcp:8970"


def test_each_open_address_and_the_machines_name_are_listed() -> None:
    found = by_key(targets(OPEN, KEY))
    assert found["lan0"] == "http://abc@192.168.1.20:8970/7"
    assert found["lan1"] == "http://abc@[2001:db8::2]:8970/7"
    assert found["name"] == "http://abc@desk.local:8970/7"


def test_what_is_missing_is_said_where_a_line_would_not_work() -> None:
    missing = {one.key: one.missing for one in targets(CLOSED, KEY) if one.missing}
    assert set(missing) == {"lan", "container", "bridge"}
    assert not any("@" in one.value for one in targets(CLOSED, KEY) if one.key == "lan")
    docker = Reachable("docker0", "virtual", ("172.17.0.5",), is_open=True)
    assert not any(one.missing for one in targets(Reach(BASE, (WIRED, docker)), KEY))


def test_a_docker_of_windows_or_macos_needs_no_tick() -> None:
    found = {one.key: one for one in targets(Reach(BASE, host="darwin"), KEY)}
    assert found["container"].missing == ""
    assert "bridge" not in found


def test_wsl_is_reached_by_the_address_windows_gives_it() -> None:
    wsl = Reachable("vEthernet (WSL)", "virtual", ("172.28.0.1",))
    found = {one.key: one for one in targets(Reach(BASE, (wsl,), host="win32"), KEY)}
    assert found["wsl"].value == "http://abc@172.28.0.1:8970/7"
    assert found["wsl"].missing
    assert by_key(targets(Reach(BASE, host="wsl"), KEY))["wsl"] == "http://abc@localhost:8970/7"
    assert by_key(targets(Reach(BASE, host="win32"), KEY))["wsl"] == "http://abc@127.0.0.1:8970/7"
    assert "wsl" not in by_key(targets(OPEN, KEY))


@pytest.mark.parametrize("reach", [OPEN, CLOSED, Reach(BASE, (WIRED,), "", "win32"), Reach(BASE, host="wsl")])
def test_every_dsn_can_be_read_by_an_sdk_and_has_a_key_of_its_own(reach: Reach) -> None:
    found = targets(reach, KEY)
    assert len({target.key for target in found}) == len(found)
    for target in found:
        if "@" in target.value:
            assert parse_dsn(target.value).project == "7"


def test_the_spotlight_line_has_the_station_and_its_stream() -> None:
    assert spotlight_line("") == "SENTRY_SPOTLIGHT=http://127.0.0.1:8969/stream"
