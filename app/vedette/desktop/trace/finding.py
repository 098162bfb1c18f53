"""Looking for spans: asks in the background, marks, dims or filters, and says how many there are."""

from PySide6.QtCore import QObject, Qt, Signal

from vedette.desktop.language import tr
from vedette.desktop.trace.find import NO_MATCHES, Matches, asked_attributes, find_spans
from vedette.desktop.trace.options import FindMode
from vedette.desktop.trace.parts import Parts
from vedette.desktop.trace.payload_search import find_with_payloads
from vedette.desktop.widgets import units

_LIMIT = 20.0  # seconds; all payloads of a large trace


class Finding(QObject):
    """The find field of one trace screen."""

    left = Signal()
    """The keyboard is done with the field."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._parts = parts
        field = parts.bar.field
        field.queryChanged.connect(self.find)
        field.submitted.connect(self._submit)
        field.left.connect(self._leave)
        parts.steering.findWanted.connect(self._focus)
        parts.steering.moved.connect(self.say_found)
        parts.details.attributes.filterRequested.connect(self._find_value)
        parts.options.changed.connect(self._follow_option)

    def find(self, text: str) -> None:
        """Look for *text*; "" looks for nothing."""
        parts = self._parts
        if parts.opened is None or not text.strip():
            parts.asking.cancel("find")
            self._take(NO_MATCHES)
        elif asked_attributes(text):
            parts.bar.set_found(tr("searching…"))
            parts.asking.ask(
                "find",
                find_with_payloads,
                parts.workspace,
                parts.opened.tree,
                text,
                answer=self._take,
                failed=parts.fail,
                limit=_LIMIT,
            )
        else:
            parts.asking.compute(
                "find", find_spans, parts.opened.tree, text, answer=self._take, failed=parts.fail
            )

    def find_again(self) -> None:
        """Look again for what is in the field, in another trace or other rows."""
        self.find(self._parts.bar.field.text())

    def _take(self, matches: Matches) -> None:
        parts = self._parts
        parts.waterfall.set_matches(matches)
        parts.table.set_matches(matches)
        self._apply_mode()
        self.say_found()

    def _apply_mode(self) -> None:
        waterfall, mode = self._parts.waterfall, self._parts.options.find_mode()
        waterfall.set_dims(mode is FindMode.DIM)
        if waterfall.rows is None:
            return
        matches = waterfall.matches
        filters = mode is FindMode.FILTER and bool(matches.text) and waterfall.tree is not None
        if filters and waterfall.tree is not None:
            waterfall.folding.keep_only(matches.with_ancestors(waterfall.tree))
        elif waterfall.rows.kept is not None:
            waterfall.folding.keep_only(None)

    def _follow_option(self, name: str) -> None:
        if name == "find_mode":
            self._apply_mode()
            self._parts.commands.refresh()

    def say_found(self) -> None:
        """Say which of how many matches is current."""
        waterfall, bar = self._parts.waterfall, self._parts.bar
        matches, current = waterfall.matches, waterfall.current
        if not matches.text:
            bar.set_found("")
        elif not len(matches):
            bar.set_found(tr("no match"))
        else:
            at = matches.number(current) if current is not None else 0
            total = units.count(len(matches))
            said = tr("{at} of {total}").format(at=units.count(at), total=total)
            bar.set_found(said if at else tr("{total} found").format(total=total))
        self._parts.commands.refresh()

    def _submit(self, text: str) -> None:
        matches = self._parts.waterfall.matches
        if len(matches) and matches.text == text:
            self._parts.steering.go_to_match(1)
            self._leave()

    def _leave(self) -> None:
        self.left.emit()

    def _focus(self, text: str) -> None:
        field = self._parts.bar.field
        if text:
            field.set_text(text)
            self.find(text)
        else:
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _find_value(self, label: str, value: str, exclude: bool) -> None:
        escaped = value.replace('"', '\\"')
        quoted = f'"{escaped}"' if " " in value or '"' in value else value
        term = f"{'!' if exclude else ''}{label}:{quoted}"
        before = self._parts.bar.field.text()
        self._focus(term if term in before else f"{before} {term}".strip())
