"""Contexts, flags, user and extra: known ones as tables, whatever is nested or strange as a tree."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from vedette.desktop.issue.facts.contexts import Facts, context_groups, flag_rows, user_rows
from vedette.desktop.issue.folding import FoldMemory, FoldSection
from vedette.desktop.issue.parts import ColumnPage, empty_part, lined_table, pair_rows, value_tree
from vedette.desktop.issue.read import EventPage
from vedette.desktop.issue.value_menu import ValueActions
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.key_values import KeyValue
from vedette.desktop.widgets.units import count

if TYPE_CHECKING:
    from vedette.desktop.preferences import Preferences
    from vedette.desktop.widgets.json_values import Step


class ContextsPage(ColumnPage):
    """Everything known about the surroundings."""

    def __init__(
        self,
        theme: Theme,
        preferences: "Preferences",
        actions: ValueActions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name="event.section.contexts", title=tr("Contexts"), parent=parent)
        self._theme = theme
        self._memory = FoldMemory(preferences)
        self._actions = actions

    def set_page(self, page: EventPage) -> None:
        """Show another event's contexts."""
        self.clear_column()
        event = page.event
        self._add_rows(tr("User"), "user", pair_rows(user_rows(event)), ("user",))
        flags = [
            KeyValue(
                name,
                tr("on", "feature flag") if value is True
                else tr("off", "feature flag") if value is False
                else str(value),
                token="code.constant" if isinstance(value, bool) else "text",
                code=True,
            )
            for name, value in flag_rows(event)
        ]  # fmt: skip
        self._add_rows(tr("Feature flags"), "flags", flags, ("contexts", "flags"))
        for group in context_groups(event):
            self._add_group(group)
        if not self.column.count():
            part = empty_part(
                self._theme,
                "event.contexts.empty",
                tr("No contexts"),
                tr("The SDK sent none with this event."),
                "cpu",
            )
            self.column.addWidget(part, 1)
            return
        self.column.addStretch(1)
        self.scroll_to_top()

    def _add_group(self, group: Facts) -> None:
        path: tuple[Step, ...] = ("extra",) if group.key == "extra" else ("contexts", group.key)
        if group.is_flat:
            self._add_rows(group.title, group.key, pair_rows(group.values.items()), path)
            return
        tree = value_tree(
            self._theme,
            f"event.context.{group.key}",
            group.title,
            group.values,
            group.meta,
            actions=self._actions,
            path=path,
        )
        self._add_section(group.title, group.key, tree, len(group.values))

    def _add_rows(self, title: str, key: str, rows: Sequence[KeyValue], path: tuple[Any, ...]) -> None:
        if rows:
            table = lined_table(
                self._theme, f"event.context.{key}", title, rows, actions=self._actions, path=path
            )
            self._add_section(title, key, table, len(rows))

    def _add_section(self, title: str, key: str, part: QWidget, size: int) -> None:
        note = count(size) if size > 12 else ""
        section = FoldSection(self._theme, self._memory, f"contexts.{key}", title, note=note)
        section.add(part)
        self.column.addWidget(section)
