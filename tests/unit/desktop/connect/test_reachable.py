from tests.unit.desktop.connect.conftest import a_state, an_interface
from vedette.desktop.bridge.state import StationState
from vedette.desktop.connect.firewall import firewall_hint
from vedette.desktop.connect.reachable import Reachable, read_interfaces
from vedette.desktop.connect.source import reach_of


def test_interfaces_are_read_as_the_station_tells_them() -> None:
    state = a_state(an_interface("wlp2s0", "wireless", "192.168.1.21", on=True))
    (one,) = read_interfaces(state.details)
    assert one == Reachable("wlp2s0", "wireless", ("192.168.1.21",), is_open=True, is_chosen=True)
    assert one.words == "Wi-Fi"
    assert read_interfaces({}) == ()


def test_a_station_that_tells_none_is_reached_by_the_addresses_it_has() -> None:
    state = StationState(
        True, True, "http://127.0.0.1:8970", ("127.0.0.1:8970", "192.168.1.20:8970"), lan=True
    )
    (one,) = reach_of(state).open
    assert one.addresses == ("192.168.1.20",)


def test_the_firewall_that_is_there_gets_its_command() -> None:
    found = {"ufw": "/usr/sbin/ufw"}
    hint = firewall_hint("linux", 8970, found.get)
    assert hint is not None
    assert hint.command == "sudo ufw allow 8970/tcp"
    hint = firewall_hint("linux", 8970, {"firewall-cmd": "/usr/bin/firewall-cmd"}.get)
    assert hint is not None
    assert "firewall-cmd --add-port=8970/tcp" in hint.command
    assert firewall_hint("linux", 8970, {}.get) is None
    for host in ("win32", "darwin"):
        assert firewall_hint(host, 8970, {}.get) is not None
