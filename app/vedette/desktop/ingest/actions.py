"""The commands of the inspector."""

from typing import Protocol

from vedette.desktop.commands.command import Command


class Inspector(Protocol):
    """What the commands act on."""

    def focus_filter(self) -> None: ...
    def reload(self) -> None: ...
    def show_tab(self, key: str) -> None: ...
    def adopt(self) -> None: ...
    def can_adopt(self) -> bool: ...
    def block(self) -> None: ...
    def can_block(self) -> bool: ...
    def copy_curl(self) -> None: ...
    def copy_rows(self) -> None: ...
    def has_request(self) -> bool: ...
    def toggle_raw(self) -> None: ...
    def save_bytes(self) -> None: ...
    def has_detail(self) -> bool: ...


MENU = (
    "ingest.adopt", "ingest.block", None, "ingest.copy", "ingest.copy_curl", None, "ingest.save",
)  # fmt: skip
"""The menu of a request."""


def ingest_commands(view: Inspector) -> tuple[Command, ...]:
    """Return the commands of *view*."""

    def one(name: str, title: str, run: object, *keys: str, **more: object) -> Command:
        return Command(f"ingest.{name}", title, run, keys, context="ingest", **more)  # type: ignore[arg-type]

    return (
        one("filter", "Filter requests", view.focus_filter, "/", icon="filter", words="search find"),
        one("adopt", "Adopt project", view.adopt, "A", icon="plug", when=view.can_adopt, words="key"),
        one("block", "Block or allow sender", view.block, "B", icon="ban", when=view.can_block),
        one("copy", "Copy request", view.copy_rows, "Ctrl+C", icon="copy", when=view.has_request),
        one(
            "copy_curl", "Copy as cURL", view.copy_curl, "Shift+C", icon="terminal", when=view.has_request,
            words="send again",
        ),
        one("raw", "Tree or bytes", view.toggle_raw, "R", icon="binary", when=view.has_detail),
        one("save", "Save bytes…", view.save_bytes, icon="save", when=view.has_detail),
        one(
            "trouble", "Show refused requests", lambda: view.show_tab("refused"), icon="shield-alert",
            words="rejected dropped",
        ),
        one("senders", "Show senders", lambda: view.show_tab("senders"), icon="users", words="who"),
        one("reload", "Read requests again", view.reload, icon="refresh-cw"),
    )  # fmt: skip
