"""The page of privacy: what goes out (nothing), what listens where, what is kept, and the token."""

from typing import TYPE_CHECKING

from vedette.api.attach import AttachError, read_token
from vedette.desktop.bridge.state import StationState
from vedette.desktop.connect.copy_button import CopyButton
from vedette.desktop.language import tr
from vedette.desktop.settings.page import SettingsPage
from vedette.desktop.settings.row import SettingRow, side_by_side, value_label
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.notices import Banner

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge


class PrivacyPage(SettingsPage):
    def __init__(self, bridge: "Bridge", theme: Theme) -> None:
        super().__init__(bridge, theme, "privacy", tr("Privacy"))
        self.outbound = value_label(theme, "settings.outbound", role="ok")
        self.outbound.say(tr("Outbound connections: none."))
        self.add(
            SettingRow(
                theme,
                tr("Goes out"),
                self.outbound,
                name="settings.outbound",
                about=tr(
                    "Vedette sends nothing anywhere and asks nobody for updates. Links open in your browser "
                    "only when you follow one."
                ),
                words="telemetry internet phone home network outgoing updates",
            )
        )
        self.listening = value_label(theme, "settings.listening")
        self.add(
            SettingRow(
                theme,
                tr("Listens on"),
                self.listening,
                name="settings.listening",
                words="ports inbound addresses open mdns",
            )
        )
        self.kept = value_label(theme, "settings.kept")
        self.kept.say(
            tr(
                "In {folder}: the events with their payloads and attachments as they were sent, the "
                "station's settings and its token. In your own settings folder: what you choose here, "
                "window places, latest searches. Nothing else is written."
            ).format(folder=bridge.workspace.folder)
        )
        self.add(
            SettingRow(
                theme, tr("Kept on disk"), self.kept, name="settings.kept", words="files data stored folder"
            )
        )
        self._add_token()
        self.notice = Banner(theme, name="settings.token.notice")
        self._column.addWidget(self.notice)
        self.show_station(bridge.station)

    def _add_token(self) -> None:
        self.copy = CopyButton(self._theme, tr("the token"), self._token, name="settings.token.copy")
        self.renew = Button(self._theme, tr("New token"), name="settings.token.new", role="small", icon="key")
        self.renew.clicked.connect(self._renew)
        self.add(
            SettingRow(
                self._theme,
                tr("Token"),
                side_by_side(self.copy, self.renew),
                name="settings.token",
                about=tr(
                    "Whoever has it can read all that is stored and change it, by the API. It lies in the "
                    "workspace, readable only for you. With a new one, programs that have the old one are "
                    "shut out; sending goes on, that needs only a project's key."
                ),
                words="secret password bearer api access",
            )
        )

    def show_station(self, station: StationState) -> None:
        self.renew.setEnabled(station.listening)
        if not station.listening:
            self.listening.say(tr("Nothing: no station is running."))
            return
        said = [
            tr("{address}: sending with a project's key, reading with the token").format(address=address)
            for address in station.addresses
        ]
        if station.details.get("isAnnounced"):
            said.append(tr("UDP port 5353: answers who asks the local network for stations"))
        self.listening.say("\n".join(said))

    def _token(self) -> str:
        try:
            return read_token(self._bridge.workspace)
        except AttachError:
            return ""

    def _renew(self) -> None:
        def renewed(_: object) -> None:
            self.notice.say(tr("There is a new token; the old one opens nothing any more."), level="info")

        self._bridge.call("POST", "/station/token/", {}, answer=renewed, failed=self.failed.emit, owner=self)
