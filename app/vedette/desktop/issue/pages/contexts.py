"""Contexts, flags, user, SDK and packages: known ones as tables, whatever is nested as a tree."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from vedette.desktop.issue.facts.contexts import (
    Facts,
    context_groups,
    flag_rows,
    package_rows,
    sdk_line,
    user_rows,
)
from vedette.desktop.issue.parts import ColumnPage, empty_part, lined_table, pair_rows
from vedette.desktop.issue.read import EventPage
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.key_values import KeyValue
from vedette.desktop.widgets.value_tree import ValueTree


class ContextsPage(ColumnPage):
    """Everything known about the surroundings."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(name="event.section.contexts", title="Contexts", parent=parent)
        self._theme = theme

    def set_page(self, page: EventPage) -> None:
        """Show another event's contexts."""
        self.clear_column()
        event = page.event
        self._add_pairs("User", "user", user_rows(event))
        flags = [
            KeyValue(name, "on" if value is True else "off" if value is False else str(value), code=True)
            for name, value in flag_rows(event)
        ]
        self._add_rows("Feature flags", "flags", flags)
        for group in context_groups(event):
            self._add_group(group)
        sdk = event.get("sdk") or {}
        integrations = sdk.get("integrations") or ()
        self._add_pairs(
            "SDK",
            "sdk",
            [("name", sdk_line(event))] * bool(sdk_line(event))
            + [("integrations", ", ".join(str(name) for name in integrations))] * bool(integrations),
        )
        self._add_pairs("Packages", "packages", package_rows(event))
        if not self.column.count():
            more = "The SDK sent none with this event."
            self.column.addWidget(
                empty_part(self._theme, "event.contexts.empty", "No contexts", more, "cpu"), 1
            )
            return
        self.column.addStretch(1)
        self.scroll_to_top()

    def _add_group(self, group: Facts) -> None:
        if group.is_flat:
            self._add_pairs(group.title, group.key, list(group.values.items()))
            return
        self.add_title(group.title)
        tree = ValueTree(self._theme, name=f"event.context.{group.key}", title=group.title, fit=True)
        tree.set_value(group.values, group.meta)
        tree.expandToDepth(0)
        self.column.addWidget(tree)

    def _add_pairs(self, title: str, key: str, pairs: Sequence[tuple[str, Any]]) -> None:
        self._add_rows(title, key, pair_rows(pairs))

    def _add_rows(self, title: str, key: str, rows: Sequence[KeyValue]) -> None:
        if not rows:
            return
        self.add_title(title, note=f"{len(rows):,}" if len(rows) > 12 else "")
        self.column.addWidget(lined_table(self._theme, f"event.context.{key}", title, rows))
