from vedette.desktop.connect.targets import Key, lan_address, main_dsn, targets
from vedette.protocol.dsn import parse_dsn

KEY = Key("c0ffee00c0ffee00c0ffee00c0ffee00", 3)
BASE = "http://127.0.0.1:8970"
ADDRESSES = ("127.0.0.1:8970", "192.168.1.20:8970", "10.1.0.4:8970")


def by_key(*, lan: bool) -> dict[str, str]:
    return {target.key: target.value for target in targets(BASE, ADDRESSES, KEY, lan=lan)}


def test_the_network_address_is_used_only_when_the_network_is_let_in() -> None:
    assert parse_dsn(main_dsn(BASE, ADDRESSES, KEY, lan=False)).host == "127.0.0.1"
    assert parse_dsn(main_dsn(BASE, ADDRESSES, KEY, lan=True)).host == "192.168.1.20"


def test_without_a_running_station_the_usual_port_is_shown() -> None:
    assert parse_dsn(main_dsn("", (), KEY, lan=False)).port == 8969


def test_loopback_and_any_address_are_not_for_other_devices() -> None:
    assert lan_address(("127.0.0.1:1", "[::1]:1", "localhost:1", "0.0.0.0:1")) == ""
    assert lan_address(("[::1]:1", "[fd00::5]:1")) == "[fd00::5]:1"


def test_emulator_and_container_reach_the_station_at_its_port() -> None:
    found = by_key(lan=False)
    assert parse_dsn(found["android"]).base_url == "http://10.0.2.2:8970"
    assert parse_dsn(found["container"]).base_url == "http://host.docker.internal:8970"
    assert found["spotlight"] == "SENTRY_SPOTLIGHT=http://127.0.0.1:8970/stream"
    assert not any(key.startswith("la") or key == "local" for key in found)


def test_with_the_network_in_this_machine_and_further_addresses_are_offered() -> None:
    found = by_key(lan=True)
    assert parse_dsn(found["local"]).host == "127.0.0.1"
    assert parse_dsn(found["lan1"]).host == "10.1.0.4"
