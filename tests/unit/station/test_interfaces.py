"""Which interfaces others can reach this machine by, and what they most likely are."""

import pytest

from vedette.station.interfaces import InterfaceKind, kind_of, machine_interfaces, usable


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("eth0", InterfaceKind.WIRED),
        ("enp3s0", InterfaceKind.WIRED),
        ("Ethernet 2", InterfaceKind.WIRED),
        ("wlp2s0", InterfaceKind.WIRELESS),
        ("Wi-Fi", InterfaceKind.WIRELESS),
        ("tailscale0", InterfaceKind.VPN),
        ("utun3", InterfaceKind.VPN),
        ("docker0", InterfaceKind.VIRTUAL),
        ("br-4f1c", InterfaceKind.VIRTUAL),
        ("vEthernet (WSL)", InterfaceKind.VIRTUAL),
        ("en0", InterfaceKind.OTHER),  # on a Mac it may be either
    ],
)
def test_an_interface_is_guessed_by_its_name(name: str, kind: InterfaceKind) -> None:
    assert kind_of(name) is kind


def test_only_addresses_another_machine_can_be_told_are_named_ipv4_first() -> None:
    given = ["fe80::1%eth0", "::1", "2001:db8::5", "127.0.0.1", "169.254.1.1", "192.168.1.20", "0.0.0.0"]
    assert usable(given) == ("192.168.1.20", "2001:db8::5")


def test_the_interfaces_of_this_machine_are_named_with_addresses_others_can_use() -> None:
    for interface in machine_interfaces():
        assert interface.name
        assert interface.addresses == usable(interface.addresses)
