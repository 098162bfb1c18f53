"""A note as it reads: Markdown without HTML, as high as its text, that fetches nothing."""

from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget
from typing_extensions import override

_FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
_SCHEMES = ("http", "https")


class MarkdownView(QTextBrowser):
    """Shows Markdown; only links to the web are followed, by the browser."""

    def __init__(self, *, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "plain")
        self.setOpenLinks(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(8)
        self.anchorClicked.connect(_follow)

    def set_markdown(self, text: str) -> None:
        """Show *text*."""
        self.document().setMarkdown(text, _FEATURES)
        self._fit()

    @override
    def loadResource(self, type: int, name: QUrl | str) -> Any:
        """Fetch nothing: a picture in a note names a place outside."""
        return None

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.document().setTextWidth(self.viewport().width())
        self.setFixedHeight(round(self.document().size().height()) + 4)


def _follow(url: QUrl) -> None:
    if url.scheme() in _SCHEMES:
        QDesktopServices.openUrl(url)
