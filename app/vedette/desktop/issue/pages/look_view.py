"""Shows what there is to see of an attachment: image, tree, text, facts of a dump."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from vedette.desktop.issue.bar_layout import BarLayout, lay_in_bar
from vedette.desktop.issue.facts.minidump import MinidumpFacts
from vedette.desktop.issue.pages.attachment_look import Look, hierarchy_tree
from vedette.desktop.issue.pages.image_view import ImageView
from vedette.desktop.issue.parts import SIDE, ColumnPage, empty_part, lined_table, pair_rows
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets import relative_time
from vedette.desktop.widgets.buttons import Button, IconButton
from vedette.desktop.widgets.code_view import CodeView
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.search_field import SearchField
from vedette.desktop.widgets.segmented import Segment, Segmented
from vedette.desktop.widgets.units import count, size
from vedette.desktop.widgets.value_tree import ValueTree

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_MODULES = 500


class LookView(QWidget):
    """One attachment's content with what belongs to its kind above it: zoom, forms, search."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._look = Look()
        self._name = ""
        self.setObjectName("event.attachment.look")
        self.image = ImageView(theme, name="event.attachment.image")
        self.tree = ValueTree(theme, name="event.attachment.tree", title=tr("Attachment as a tree"))
        self.text = CodeView(
            theme, name="event.attachment.text", title=tr("Text of the attachment"), most_lines=3
        )
        self.text.setSizePolicy(self.tree.sizePolicy())
        self.dump = ColumnPage(name="event.attachment.dump", title=tr("What the minidump says"))
        self.nothing = empty_part(theme, "event.attachment.nothing", "", icon="file")
        self.forms = Segmented(
            theme, [Segment("text", tr("Text"))], name="event.attachment.form", title=tr("How it is shown")
        )
        self.field = SearchField(
            theme, name="event.attachment.find", title=tr("Find in the attachment"), hint=tr("Find"), keys=""
        )
        self.found = label("", "caption", name="event.attachment.found")
        self._make_zoom()
        self._lay_out()
        self.forms.chosen.connect(self._show_form)
        self.field.queryChanged.connect(self._find)
        self.field.submitted.connect(lambda _: self._searched().find_next())
        self.image.zoomChanged.connect(self._say_zoom)

    def _make_zoom(self) -> None:
        theme = self._theme
        self.fit = Button(theme, tr("Fit"), name="event.image.fit", role="small")
        self.pixels = Button(theme, "1:1", name="event.image.pixels", role="small")
        self.pixels.setAccessibleName(tr("Own size"))
        self.closer = IconButton(theme, "zoom-in", tr("Zoom in"), name="event.image.closer")
        self.farther = IconButton(theme, "zoom-out", tr("Zoom out"), name="event.image.farther")
        self.grid = Button(theme, tr("Pixel grid"), name="event.image.grid", role="small", icon="table-2")
        self.grid.setCheckable(True)
        self.zoom = label("", "caption", name="event.image.zoom")
        self.fit.clicked.connect(self.image.fit)
        self.pixels.clicked.connect(self.image.show_pixels)
        self.closer.clicked.connect(lambda: self.image.zoom_to(self.image.zoom * 1.5))
        self.farther.clicked.connect(lambda: self.image.zoom_to(self.image.zoom / 1.5))
        self.grid.toggled.connect(self._toggle_grid)

    def _lay_out(self) -> None:
        self._zoom_bar, self._text_bar = QWidget(), QWidget()
        zoom_parts: Sequence[QWidget | None] = (
            self.fit,
            self.pixels,
            self.farther,
            self.closer,
            self.zoom,
            None,
            self.grid,
        )
        text_parts: Sequence[QWidget | None] = (self.forms, self.field, self.found)
        for bar, parts in ((self._zoom_bar, zoom_parts), (self._text_bar, text_parts)):
            row = BarLayout(8, (SIDE, 2, SIDE, 6))
            for part in parts:
                if part is None:
                    row.add_space()
                else:
                    row.add(part, stretch=part is self.field, least=160)
            lay_in_bar(bar, row)
        self._stack = QStackedWidget()
        for view in (self.nothing, self.image, self.tree, self.text, self.dump):
            self._stack.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._zoom_bar)
        column.addWidget(self._text_bar)
        column.addWidget(self._stack, 1)
        self.say(tr("Reading…"))

    def say(self, sentence: str) -> None:
        """Show a sentence in place of content."""
        self._look = Look()
        self.nothing.say(sentence, icon="file")
        self._stack.setCurrentWidget(self.nothing)
        self._zoom_bar.hide()
        self._text_bar.hide()

    def set_look(self, look: Look, name: str) -> None:
        """Show what was read of the attachment *name*."""
        self._look, self._name = look, name
        self.found.setText("")
        self._zoom_bar.setVisible(look.image is not None)
        forms = self._offered(look)
        self._text_bar.setVisible(bool(forms))
        if look.image is not None:
            width, height = look.image.width(), look.image.height()
            title = tr("Image {name}, {width} by {height} pixels")
            self.image.set_image(look.image, title.format(name=name, width=width, height=height))
            self._stack.setCurrentWidget(self.image)
        elif forms:
            self.forms.set_segments(forms)
            self.forms.choose(forms[0].key)
            self.forms.setVisible(len(forms) > 1)
            self._show_form()
        else:
            self.say(look.note or tr("This file is empty."))

    def _offered(self, look: Look) -> list[Segment]:
        forms = []
        if look.dump is not None:
            forms.append(Segment("dump", tr("Facts")))
        if look.is_hierarchy:
            forms.append(Segment("views", tr("Views")))
        if look.value is not None:
            forms.append(Segment("tree", tr("Tree", "form of a raw event")))
        if look.lines:
            forms.append(Segment("text", tr("Hex") if look.dump is not None else tr("Text")))
        return forms

    def _show_form(self, _: str = "") -> None:
        form = self.forms.current()
        if form == "dump" and self._look.dump is not None:
            self._fill_dump(self._look.dump)
            self._stack.setCurrentWidget(self.dump)
        elif form == "views":
            self.tree.set_value(hierarchy_tree(self._look.value))
            self.tree.expandToDepth(2)
            self._stack.setCurrentWidget(self.tree)
        elif form == "tree":
            self.tree.set_value(self._look.value)
            self.tree.expandToDepth(0)
            self._stack.setCurrentWidget(self.tree)
        else:
            self.text.set_source(self._look.lines, filename="x.txt")
            self._stack.setCurrentWidget(self.text)
        self.field.setEnabled(form != "dump")
        if self.field.text():
            self._find(self.field.text())

    def _fill_dump(self, dump: MinidumpFacts) -> None:
        self.dump.clear_column()
        told = (
            (tr("system"), dump.system),
            (tr("processor"), f"{dump.processor} × {dump.processors}" if dump.processors else dump.processor),
            (tr("exception"), dump.exception),
            (tr("address"), "" if dump.address is None else f"0x{dump.address:x}"),
            (tr("crashed thread"), "" if dump.thread is None else str(dump.thread)),
            (tr("threads"), str(dump.threads or "")),
            (tr("process"), "" if dump.process is None else str(dump.process)),
            (tr("made"), "" if dump.made is None else relative_time.exact(dump.made)),
        )
        rows = pair_rows([(name, value) for name, value in told if value], code=True)
        self.dump.column.addWidget(
            lined_table(self._theme, "event.dump.facts", tr("What the minidump says"), rows)
        )
        if dump.modules:
            self.dump.add_title(tr("Modules"), note=count(len(dump.modules)))
            modules = pair_rows(
                [
                    (module.file, f"0x{module.base:x}  {size(module.size)}")
                    for module in dump.modules[:_MOST_MODULES]
                ],
                code=True,
            )
            table = lined_table(self._theme, "event.dump.modules", tr("Modules"), modules)
            self.dump.column.addWidget(table)
        self.dump.column.addStretch(1)

    def _searched(self) -> ValueTree | CodeView:
        return self.text if self.forms.current() == "text" else self.tree

    def _find(self, text: str) -> None:
        found = self._searched().find_text(text)
        if not text:
            self.found.setText("")
        elif not found:
            self.found.setText(tr("not found"))
        else:
            self.found.setText(tr("{count} found").format(count=f"{found}{'+' if found >= 200 else ''}"))

    def _say_zoom(self, zoom: float) -> None:
        self.zoom.setText(f"{zoom * 100:.0f} %")

    def _toggle_grid(self, on: bool) -> None:
        self.image.grid = on
        if on and self.image.zoom < 8:
            self.image.zoom_to(8.0)
        self.image.viewport().update()
