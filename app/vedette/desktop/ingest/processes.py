"""Which program is behind a sender, where the station could see it. Pure."""

from collections.abc import Mapping
from typing import Any

from vedette.desktop.language import tr


def sender_processes(details: Mapping[str, Any]) -> dict[int, str]:
    """Return "app.py, pid 812" by sender's number, of the senders in the station's own words."""
    found: dict[int, str] = {}
    for sender in details.get("senders") or ():
        process = sender.get("process")
        if isinstance(process, dict) and str(sender.get("id")).isdigit():
            words = tr("{program}, pid {pid}").format(program=process.get("name"), pid=process.get("pid"))
            found[int(sender["id"])] = words
    return found
