"""The machine's network interfaces, as far as others can reach it through them."""

import ipaddress
import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class InterfaceKind(StrEnum):
    """What an interface most likely is, by its name."""

    WIRED = "wired"
    WIRELESS = "wireless"
    VPN = "vpn"
    VIRTUAL = "virtual"  # to containers and virtual machines on this computer
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Interface:
    """One interface with the addresses others reach this machine by."""

    name: str
    kind: InterfaceKind
    addresses: tuple[str, ...]


# Names by which Linux, macOS and Windows call them; in the first that fits.
_KINDS = (
    (InterfaceKind.VIRTUAL, re.compile(r"docker|br-|veth|virbr|lxc|cni|podman|vmnet|vbox|bridge")),
    (InterfaceKind.VPN, re.compile(r"tun|tap|wg|utun|ppp|ipsec|tailscale|zt|nordlynx|.*\bvpn\b")),
    (InterfaceKind.WIRELESS, re.compile(r"wl|ath|wi-?fi|wireless|.*wireless")),
    (InterfaceKind.WIRED, re.compile(r"eth|en[opsx]\d|eno|ethernet|local area connection")),
)  # fmt: skip


def kind_of(name: str) -> InterfaceKind:
    """Return what an interface called *name* most likely is."""
    low = name.lower()
    return next((kind for kind, pattern in _KINDS if pattern.match(low)), InterfaceKind.OTHER)


def machine_interfaces() -> list[Interface]:
    """Return the interfaces that have an address others can use, the likeliest first. Asks the system."""
    # Start-up time: only needed once the network is.
    import psutil

    found = []
    for name, entries in psutil.net_if_addrs().items():
        given = (entry.address for entry in entries if entry.family in (socket.AF_INET, socket.AF_INET6))
        if addresses := usable(given):
            found.append(Interface(name, _kind_here(name), addresses))
    order = list(InterfaceKind)
    return sorted(found, key=lambda one: (order.index(one.kind), one.name))


def _kind_here(name: str) -> InterfaceKind:
    if Path("/sys/class/net", name, "wireless").exists():
        return InterfaceKind.WIRELESS
    return kind_of(name)


def usable(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the addresses among *texts* that another machine can be told, IPv4 first."""
    found = set()
    for text in texts:
        address = ipaddress.ip_address(text.partition("%")[0])
        if not (address.is_loopback or address.is_link_local or address.is_unspecified):
            found.add(str(address))
    return tuple(sorted(found, key=lambda text: (":" in text, text)))
