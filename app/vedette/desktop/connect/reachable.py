"""The machine's network interfaces as the station tells them. Pure."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vedette.desktop.language import tr


@dataclass(frozen=True, slots=True)
class Reachable:
    """One interface: whether it is ticked, and whether the station is reached through it now."""

    name: str
    kind: str  # wired, wireless, vpn, virtual, other
    addresses: tuple[str, ...]
    is_open: bool = False
    is_chosen: bool = False

    @property
    def is_docker(self) -> bool:
        return self.name.startswith("docker")

    @property
    def words(self) -> str:
        """What it is, for people."""
        kinds = {
            "wired": tr("wired"),
            "wireless": tr("Wi-Fi"),
            "vpn": tr("VPN"),
            "virtual": tr("containers and virtual machines"),
        }
        return kinds.get(self.kind, tr("network"))


def read_interfaces(details: Mapping[str, Any]) -> tuple[Reachable, ...]:
    """Return the interfaces in the station's own words, ``GET /api/0/station/``."""
    return tuple(
        Reachable(
            str(one.get("name")),
            str(one.get("kind")),
            tuple(map(str, one.get("addresses") or ())),
            bool(one.get("isOpen")),
            bool(one.get("isChosen")),
        )
        for one in details.get("interfaces") or ()
    )


def host_kind() -> str:
    """Return what this machine is: linux, darwin, win32 or wsl."""
    if sys.platform != "linux":
        return sys.platform
    return "wsl" if Path("/proc/sys/fs/binfmt_misc/WSLInterop").exists() else "linux"
