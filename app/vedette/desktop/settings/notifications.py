"""The page of notifications: for what the desktop is told, and what closing the window means."""

from typing import TYPE_CHECKING

from vedette.desktop.language import tr
from vedette.desktop.settings.page import SettingsPage
from vedette.desktop.theme.theme import Theme

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

NEW, REGRESSED, SOUND = "notifications.new", "notifications.regressed", "notifications.sound"
CLOSE = "tray.close"
"""What closing the last window means: ask, keep (the station goes on, in the tray) or quit."""


class NotificationsPage(SettingsPage):
    def __init__(self, bridge: "Bridge", theme: Theme) -> None:
        super().__init__(bridge, theme, "notifications", tr("Notifications"))
        self.add_switch(
            NEW,
            tr("New issues"),
            usual=True,
            about=tr("At most one every five seconds, then a summary; none while Vedette is in front."),
            words="notify desktop toast message",
        )
        self.add_switch(
            REGRESSED,
            tr("Issues that come back"),
            usual=True,
            about=tr("A resolved issue has a new event."),
            words="notify regressed regression",
        )
        self.add_switch(
            SOUND, tr("Sound"), usual=False, about=tr("The system's own sound, with each message.")
        )
        self.add_choice(
            CLOSE,
            tr("Closing the window"),
            [
                ("ask", tr("Asks the first time")),
                ("keep", tr("Goes on listening in the tray")),
                ("quit", tr("Quits Vedette")),
            ],
            usual="ask",
            about=tr("Where the desktop has no tray, Vedette quits."),
            words="tray background quit close exit",
        )
