"""The commands of the inspector."""

from functools import partial
from typing import Protocol

from vedette.desktop.commands.command import Command
from vedette.desktop.language import tr


class Inspector(Protocol):
    """What the commands act on."""

    def focus_filter(self) -> None: ...
    def reload(self) -> None: ...
    def show_tab(self, key: str) -> None: ...
    def adopt(self) -> None: ...
    def can_adopt(self) -> bool: ...
    def block(self) -> None: ...
    def can_block(self) -> bool: ...
    def copy_curl(self, *, as_received: bool = False) -> None: ...
    def copy_rows(self) -> None: ...
    def has_request(self) -> bool: ...
    def toggle_raw(self) -> None: ...
    def save_bytes(self, *, as_received: bool = False) -> None: ...
    def has_detail(self) -> bool: ...
    def open_issue(self) -> None: ...
    def leads_somewhere(self) -> bool: ...
    def parse_again(self) -> None: ...
    def can_parse(self) -> bool: ...
    def filter_sender(self) -> None: ...
    def filter_kind(self) -> None: ...
    def save_envelope(self, *, as_received: bool = False) -> None: ...
    def make_fixture(self) -> None: ...
    def show_requests(self) -> None: ...
    def has_sender(self) -> bool: ...
    def show_menu(self) -> None: ...


MENU = (
    "ingest.open", None, "ingest.parse_again", "ingest.adopt", "ingest.block", None,
    "ingest.filter_sender", "ingest.filter_kind", None, "ingest.copy", "ingest.copy_curl",
    "ingest.copy_curl_raw", None, "ingest.save_envelope", "ingest.save_envelope_raw", "ingest.fixture",
)  # fmt: skip
"""The menu of a request."""
MORE = (
    "ingest.open", None, "ingest.filter_sender", "ingest.filter_kind", None, "ingest.copy",
    "ingest.copy_curl_raw", None, "ingest.save_raw", "ingest.save_envelope", "ingest.save_envelope_raw",
    "ingest.fixture",
)  # fmt: skip
"""What the pane of a request has no button for."""
SENDER_MENU = ("ingest.show_requests", None, "ingest.block")
"""The menu of a sender."""


def ingest_commands(view: Inspector) -> tuple[Command, ...]:
    """Return the commands of *view*."""

    def one(name: str, title: str, run: object, *keys: str, **more: object) -> Command:
        return Command(f"ingest.{name}", title, run, keys, context="ingest", **more)  # type: ignore[arg-type]

    return (
        one("filter", tr("Filter requests"), view.focus_filter, "/", icon="filter", words="search find"),
        one(
            "open", tr("Open what it became"), view.open_issue, "Shift+O", icon="arrow-up-right",
            when=view.leads_somewhere, words="issue trace",
        ),
        one(
            "parse_again", tr("Parse again"), view.parse_again, "P", icon="refresh-cw", when=view.can_parse,
            words="reprocess retry",
        ),
        one("adopt", tr("Adopt project"), view.adopt, "A", icon="plug", when=view.can_adopt, words="key"),
        one("block", tr("Block or allow sender"), view.block, "B", icon="ban", when=view.can_block),
        one(
            "filter_sender", tr("Filter: same sender"), view.filter_sender, "F", icon="list-filter",
            when=view.has_request,
        ),
        one(
            "filter_kind", tr("Filter: same item"), view.filter_kind, "Shift+F", icon="list-filter",
            when=view.has_request,
        ),
        one("copy", tr("Copy request"), view.copy_rows, "Ctrl+C", icon="copy", when=view.has_request),
        one(
            "copy_curl", tr("Copy as cURL"), view.copy_curl, "Shift+C", icon="terminal",
            when=view.has_request, words="send again",
        ),
        one(
            "copy_curl_raw", tr("Copy as cURL, as received"), partial(view.copy_curl, as_received=True),
            when=view.has_request, words="send again raw unscrubbed",
        ),
        one("raw", tr("Tree or bytes"), view.toggle_raw, "R", icon="binary", when=view.has_detail),
        one("save", tr("Save bytes…"), view.save_bytes, icon="save", when=view.has_detail),
        one(
            "save_raw", tr("Save bytes as received…"), partial(view.save_bytes, as_received=True),
            when=view.has_detail, words="raw unscrubbed",
        ),
        one(
            "save_envelope_raw", tr("Save envelope as received…"),
            partial(view.save_envelope, as_received=True), when=view.has_request,
            words="export file raw unscrubbed",
        ),
        one(
            "save_envelope", tr("Save envelope…"), view.save_envelope, "S", icon="download",
            when=view.has_request, words="export file",
        ),
        one(
            "fixture", tr("Make test fixture…"), view.make_fixture, "Shift+S", icon="file-json",
            when=view.has_request, words="pytest replay",
        ),
        one("menu", tr("Menu of the chosen row"), view.show_menu, ".", "Menu", icon="ellipsis"),
        one(
            "show_requests", tr("Show its requests"), view.show_requests, icon="list", when=view.has_sender,
        ),
        one(
            "trouble", tr("Show refused requests"), lambda: view.show_tab("refused"), icon="shield-alert",
            words="rejected dropped",
        ),
        one("senders", tr("Show senders"), lambda: view.show_tab("senders"), icon="users", words="who"),
        one("reload", tr("Read requests again"), view.reload, icon="refresh-cw"),
    )  # fmt: skip
