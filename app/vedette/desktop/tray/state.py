"""What the tray icon stands for, in which order of urgency, and in words."""

from enum import StrEnum

from vedette.desktop.bridge.state import StationState
from vedette.desktop.language import tr


class TrayState(StrEnum):
    """One of the icon's drawings; the value is its name in the resources."""

    LISTENING = "listening"
    UNSEEN = "unseen"
    PAUSED = "paused"
    PROBLEM = "problem"


def tray_state(station: StationState, *, paused: bool, unseen: int) -> TrayState:
    """Return what the icon shows; trouble comes before all, then that views are held."""
    if station.trouble or not station.listening:
        return TrayState.PROBLEM
    if paused:
        return TrayState.PAUSED
    return TrayState.UNSEEN if unseen else TrayState.LISTENING


def in_words(state: TrayState, station: StationState, unseen: str) -> str:
    """Return what the icon's tip says; *unseen* is the number of unseen errors as it is shown."""
    match state:
        case TrayState.PROBLEM:
            return station.trouble or tr("No station is running; nothing new can arrive.")
        case TrayState.PAUSED:
            return tr("Paused; events go on being taken")
        case TrayState.UNSEEN:
            return tr("Unseen errors: {count}").format(count=unseen)
        case TrayState.LISTENING:
            return tr("Listening on {address}").format(address=station.address)


def shown_count(count: int) -> str:
    """Return *count* as menu and tip say it: no more was counted than two digits."""
    return str(count) if count < 100 else "99+"


def badge_text(count: int) -> str:
    """Return *count* as it fits onto the icon without hiding it, "" for none."""
    return "" if not count else str(count) if count < 10 else "9+"
