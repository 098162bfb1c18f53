import pytest

from vedette.desktop.connect.targets import Key, Target, lan_address, main_dsn, spotlight_line, targets
from vedette.protocol.dsn import parse_dsn

KEY = Key("abc", 7)
BASE = "http://127.0.0.1:8970"
BOTH = ("127.0.0.1:8970", "192.168.1.20:8970", "[fe80::2]:8970")


def by_key(found: tuple[Target, ...]) -> dict[str, str]:
    return {target.key: target.value for target in found}


def test_while_the_network_is_off_the_dsn_is_for_this_machine() -> None:
    assert main_dsn(BASE, BOTH, KEY, lan=False) == "http://abc@127.0.0.1:8970/7"
    assert main_dsn("", (), KEY, lan=False) == "http://abc@127.0.0.1:8969/7"


def test_once_it_is_on_the_dsn_is_one_that_works_on_every_device() -> None:
    assert main_dsn(BASE, BOTH, KEY, lan=True) == "http://abc@192.168.1.20:8970/7"
    assert main_dsn(BASE, BOTH[:1], KEY, lan=True) == "http://abc@127.0.0.1:8970/7"


def test_emulators_and_containers_have_names_of_their_own_for_this_machine() -> None:
    found = by_key(targets(BASE, BOTH[:1], KEY, lan=False))
    assert found["android"] == "http://abc@10.0.2.2:8970/7"
    assert found["container"] == "http://abc@host.docker.internal:8970/7"
    assert found["usb"] == "adb reverse tcp:8970 tcp:8970"
    assert found["spotlight"] == "SENTRY_SPOTLIGHT=http://127.0.0.1:8970/stream"
    assert "local" not in found


def test_with_the_network_on_this_machine_and_other_addresses_are_listed_too() -> None:
    found = by_key(targets(BASE, BOTH, KEY, lan=True))
    assert found["local"] == "http://abc@127.0.0.1:8970/7"
    assert found["lan1"] == "http://abc@[fe80::2]:8970/7"


def test_every_dsn_can_be_read_by_an_sdk() -> None:
    for target in targets(BASE, BOTH, KEY, lan=True):
        if "@" in target.value:
            assert parse_dsn(target.value).project == "7"


@pytest.mark.parametrize(
    ("addresses", "found"),
    [
        (("127.0.0.1:1", "[::1]:1", "localhost:1", "0.0.0.0:1"), ""),
        (("127.0.0.1:1", "desk.local:1"), "desk.local:1"),
    ],
)
def test_only_addresses_others_can_reach_count(addresses: tuple[str, ...], found: str) -> None:
    assert lan_address(addresses) == found


def test_the_spotlight_line_has_the_station_and_its_stream() -> None:
    assert spotlight_line("") == "SENTRY_SPOTLIGHT=http://127.0.0.1:8969/stream"
