"""What to tell a firewall so that devices get through to the station. Pure."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass

from vedette.desktop.language import tr


@dataclass(frozen=True, slots=True)
class FirewallHint:
    """A sentence, and the command it is about ("" for none)."""

    sentence: str
    command: str = ""


def firewall_hint(
    host: str, port: int, which: Callable[[str], str | None] = shutil.which
) -> FirewallHint | None:
    """Return the hint for a *host* (linux, darwin, win32, wsl) whose programs *which* finds, if any."""
    if host == "win32":
        return FirewallHint(
            tr("Windows asks once whether Vedette may be reached: allow private networks. As administrator:"),
            'netsh advfirewall firewall add rule name="Vedette" dir=in action=allow '
            f"protocol=TCP localport={port} profile=private",
        )
    if host == "darwin":
        return FirewallHint(
            tr("macOS may ask whether Vedette may accept incoming connections: allow it. Phones ask too.")
        )
    if which("ufw"):
        return FirewallHint(tr("If ufw is on, let the port through:"), f"sudo ufw allow {port}/tcp")
    if which("firewall-cmd"):
        return FirewallHint(
            tr("If firewalld is on, let the port through:"), f"sudo firewall-cmd --add-port={port}/tcp"
        )
    return None
